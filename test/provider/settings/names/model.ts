import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Debian's line has the name that the node was given; our lines have what they are given. */
const installed = "one";

export const model: SettingModel = {
  wanted: fc.record(
    {
      hostname: fc.constantFrom(installed, "two", "three"),
      "10.0.0.1": fc.constantFrom("a", "a a.rack"),
      "10.0.0.2": fc.constantFrom("b", "two"),
    },
    { requiredKeys: [] },
  ),
  given: { "name now": installed, "name kept": installed },
  answer: (node, keys) => {
    const now = node.facts.get("name now") ?? "";
    const lines = node.factsOf("line").map((address) => [address, node.facts.get(`line ${address}`) ?? ""]);
    const isKnown = now === installed || lines.some(([, own = ""]) => own.split(" ").includes(now));
    return [
      ...(keys.includes("hostname")
        ? [["hostname", now, node.facts.get("name kept") ?? "", isKnown ? "yes" : ""].join("\t")]
        : []),
      ...lines.filter(([address = ""]) => keys.includes(address)).map((line) => [...line, ""].join("\t")),
    ];
  },
  verbs: (node) => ({
    hostname_set: (now = "", kept) => {
      node.facts.set("name now", now);
      if (kept === undefined) node.facts.delete("name kept");
      else node.facts.set("name kept", kept);
    },
    hosts_set: (hostname = "", ...lines) => {
      for (const address of node.factsOf("line")) node.facts.delete(`line ${address}`);
      const all = lines.map((line) => line.replace(" # minirack", "").split("\t"));
      for (const [address = "", own = ""] of all) node.facts.set(`line ${address}`, own);
      const isNamed = hostname === installed || all.some(([, own = ""]) => own.split(" ").includes(hostname));
      if (hostname !== "" && !isNamed) node.facts.set("line 127.0.1.1", hostname);
    },
  }),
};
