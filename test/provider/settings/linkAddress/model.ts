import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Three interfaces, each under a manager of its own, who keeps the address in a file and puts it on. */
const keepers: Record<string, string> = { one: "networkd", two: "netplan", three: "networkManager" };

export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom(...Object.keys(keepers)),
    fc.integer({ min: 1, max: 254 }).map((last) => `172.31.0.${last}/24`),
  ),
  answer: (node, keys) =>
    keys.map((name) => {
      const address = factOf(node, "held", name);
      const held = address && `${keepers[name]} ${address}`;
      return [name, held, factOf(node, "kept", name), factOf(node, "has", name), ""].join("\t");
    }),
  verbs: (node) => ({
    link_keep: (name = "", address = "") => {
      for (const fact of ["held", "kept", "has"]) node.facts.set(`${fact} ${name}`, address);
    },
    link_drop: (name = "") => {
      for (const fact of ["held", "kept", "has"]) node.facts.delete(`${fact} ${name}`);
    },
  }),
};

function factOf(node: ModelNode, fact: string, name: string): string {
  return node.facts.get(`${fact} ${name}`) ?? "";
}
