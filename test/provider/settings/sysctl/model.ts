import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const file = "/etc/sysctl.d/90-minirack.conf";
const keys = ["net.core.one", "net.core.two", "vm.three"];

function keptBy(node: ModelNode, key: string): string {
  const line = node.lines(file).find((one) => one.startsWith(`${key} = `));
  return line?.slice(key.length + 3) ?? "";
}

/** Values that the kernel always has: they start at 0 and are lost to 7. */
export const model: SettingModel = {
  wanted: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom("1", "2 3")),
  given: Object.fromEntries(keys.map((key) => [`kernel ${key}`, "0"])),
  answer: (node, asked) =>
    asked.map((key) => {
      const kept = keptBy(node, key);
      return [key, node.facts.get(`kernel ${key}`) ?? "7", kept, kept, kept && file].join("\t");
    }),
  verbs: (node) => ({
    sysctl_set: (key = "", _path = "", value = "") => node.facts.set(`kernel ${key}`, value),
  }),
};
