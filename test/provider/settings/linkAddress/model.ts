import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

/** An address is there when the file asks for it and the interface has it. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one", "two", "three"),
    fc.integer({ min: 1, max: 254 }).map((last) => `172.31.0.${last}/24`),
  ),
  answer: (node, keys) =>
    keys.map((name) => {
      const live = node.factsOf("address").filter((one) => one.startsWith(`${name} `));
      return `${name}\t${kept(node, name)}\t${live.map((one) => one.split(" ")[1]).join(" ")}`;
    }),
  verbs: (node) => ({
    keep_interface: () => {},
    restore_interface: () => {},
    networkd_take: () => {},
    networkd_release: () => {},
    drop_address: (name, address) => node.facts.delete(`address ${name} ${address}`),
    networkd_apply: (name = "") => node.facts.set(`address ${name} ${kept(node, name)}`, ""),
  }),
};

function kept(node: ModelNode, name: string): string {
  const file = node.files.get(`/etc/systemd/network/10-minirack-${name}.network`);
  return /^Address=(.*)$/m.exec(file?.content ?? "")?.[1] ?? "";
}
