import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const pamFile = "/etc/security/limits.d/90-minirack.conf";
const systemdFile = "/etc/systemd/system.conf.d/90-minirack.conf";
const limit = fc.constantFrom({ soft: 1, hard: 2 }, { soft: 3, hard: 3 });

function defaults(node: ModelNode): [string, string][] {
  const lines = node.lines(systemdFile).filter((line) => line.startsWith("DefaultLimit"));
  return lines.map((line) => {
    const [name = "", value = ""] = line.slice("DefaultLimit".length).split("=");
    return [name, value];
  });
}

/** What services get follows our file when systemd reads it; what sessions get follows at once. */
export const model: SettingModel = {
  wanted: fc.dictionary(fc.constantFrom("nofile", "nproc"), limit),
  answer: (node) => [
    ...node
      .lines(pamFile)
      .filter((line) => line.startsWith("* "))
      .map((line) => line.replace(/^\* (\S+) (\S+)/, "pam $2 $1")),
    ...defaults(node).map(([name, value]) => `file ${name} ${value}`),
    ...node.factsOf("soft").map((name) => `soft ${name} ${node.facts.get(`soft ${name}`)}`),
    ...node.factsOf("hard").map((name) => `hard ${name} ${node.facts.get(`hard ${name}`)}`),
    ...defaults(node).map(([name, value]) => `session ${name} ${value.replace(":", " ")}`),
  ],
  verbs: (node) => ({
    limits_reload: () => {
      for (const kind of ["soft", "hard"])
        for (const name of node.factsOf(kind)) node.facts.delete(`${kind} ${name}`);
      for (const [name, value] of defaults(node)) {
        const [soft = "", hard = ""] = value.split(":");
        node.facts.set(`soft ${name}`, soft).set(`hard ${name}`, hard);
      }
    },
  }),
};
