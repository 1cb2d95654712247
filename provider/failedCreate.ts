import type { Properties } from "./resource.ts";
import { PartlyDone } from "./server/partlyDone.ts";
import type { Setting } from "./settings/setting.ts";

/**
 * A create that failed when it had begun: the state keeps the resource, without entries, so that `destroy` undoes what is
 * there of it and the next `up` goes on.
 */
export function partOf(
  { key }: Setting,
  { id, inputs }: { id: string; inputs: Properties },
  error: unknown,
): PartlyDone {
  const { [key]: _entries, ...state } = inputs;
  return new PartlyDone(
    { id, state, reasons: [error instanceof Error ? error.message : String(error)] },
    error,
  );
}
