import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const gib = 2 ** 30;

/** Two paths without a file, and one with a file of 2 GiB that others may read, that is off and in nobody's fstab. */
export const model: SettingModel = {
  wanted: fc.dictionary(fc.constantFrom("/one", "/two", "/theirs"), fc.constantFrom(1, 2, 8)),
  given: { "file /theirs": `${2 * gib} 0644` },
  answer: (node, keys) => keys.flatMap((path) => show(node, path)),
  verbs: (node) => ({
    swap_make: (path, bytes) => void node.facts.set(`file ${path}`, `${bytes} 0600`).delete(`on ${path}`),
    swap_remove: (path) => {
      node.facts.delete(`file ${path}`);
      node.facts.delete(`on ${path}`);
    },
    swap_on: (path) => node.facts.set(`on ${path}`, ""),
    swap_off: (path) => node.facts.delete(`on ${path}`),
    swap_keep: (path) => node.facts.set(`kept ${path}`, ""),
    swap_forget: (path) => node.facts.delete(`kept ${path}`),
    chmod: (mode, path) => {
      const [bytes] = (node.facts.get(`file ${path}`) ?? "").split(" ");
      node.facts.set(`file ${path}`, `${bytes} ${mode}`);
    },
  }),
};

function show(node: ModelNode, path: string): string[] {
  const file = node.facts.get(`file ${path}`);
  const kept = node.facts.has(`kept ${path}`) ? "kept" : "";
  if (file === undefined && kept === "") return [];
  const kib = Number(file?.split(" ")[0] ?? 0) / 1024;
  const live = file !== undefined && node.facts.has(`on ${path}`) ? kib - 4 : 0;
  return [[path, file ?? "0 0600", live, kept].join("\t")];
}
