import type fc from "fast-check";
import type { Json } from "../../provider/settings/setting.ts";
import type { ModelNode, Verb } from "./modelNode.ts";

/** What the model node needs to know of a setting; each lies beside the setting's cases. */
export interface SettingModel {
  /** What somebody may want of it. */
  wanted: fc.Arbitrary<Record<string, Json>>;
  /** The lines that `read` prints for these keys. */
  answer(node: ModelNode, keys: string[]): string[];
  /** Words of the prelude, or programs, that only this setting's plans use. */
  verbs?(node: ModelNode): Record<string, Verb>;
  /** Facts that a node has from the start, as a kernel's values. */
  given?: Record<string, string>;
}
