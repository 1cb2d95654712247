import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Units that are always there: enabled, masked or neither; running; started after all files or not. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one.service", "two.service", "masked.service", "hidden.service"),
    fc.record({
      isEnabled: fc.boolean(),
      isRunning: fc.boolean(),
      startedAfter: fc.dictionary(fc.constantFrom("/a", "/b"), fc.constant("3f2a91bc")),
    }),
  ),
  given: {
    "enabled two.service": "",
    "running two.service": "",
    "fresh two.service": "",
    "masked masked.service": "",
    "masked hidden.service": "",
    "enabled hidden.service": "",
  },
  answer: (node, keys) =>
    keys.map((unit) => {
      const changed = node.facts.has(`fresh ${unit}`) ? [] : ["/a", "/b"];
      return [unit, enablement(node, unit), state(node, unit), ...changed].join("\t");
    }),
  verbs: (node) => ({
    systemctl: (verb = "", ...rest) => change(node, verb, rest.at(-1) ?? ""),
    unit_run: (_verb, unit) => {
      if (node.facts.has(`masked ${unit}`)) throw new Error(`expected ${unit} not to be masked`);
      node.facts.set(`running ${unit}`, "").set(`fresh ${unit}`, "");
    },
  }),
};

function enablement(node: ModelNode, unit: string): string {
  const isEnabled = node.facts.has(`enabled ${unit}`);
  if (node.facts.has(`masked ${unit}`)) return isEnabled ? "masked-enabled" : "masked";
  return isEnabled ? "enabled" : "disabled";
}

function state(node: ModelNode, unit: string): string {
  return node.facts.has(`running ${unit}`) ? "active" : "inactive";
}

function change(node: ModelNode, verb: string, unit: string): void {
  const changes: Record<string, () => void> = {
    enable: () => node.facts.set(`enabled ${unit}`, ""),
    disable: () => node.facts.delete(`enabled ${unit}`),
    stop: () => {
      node.facts.delete(`running ${unit}`);
      node.facts.delete(`fresh ${unit}`);
    },
    mask: () => node.facts.set(`masked ${unit}`, ""),
    unmask: () => node.facts.delete(`masked ${unit}`),
  };
  const does = changes[verb];
  if (does === undefined) throw new Error(`expected a verb of systemctl, got ${verb}`);
  does();
}
