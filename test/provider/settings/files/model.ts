import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const mode = fc.constantFrom("0644", "0600");
const owner = fc.constantFrom("root:root", "rack:rack");

/** Files with names and contents that a shell could trip over, and folders; one of those was there before us. */
export const model: SettingModel = {
  wanted: fc
    .tuple(
      fc.dictionary(
        fc.constantFrom("one", "two", "three").map((one) => `/etc/a folder/${one}'s`),
        fc.record({
          content: fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
          mode,
          owner,
        }),
      ),
      fc.dictionary(fc.constantFrom("/srv/", "/srv/its own/"), fc.record({ mode, owner })),
    )
    .map(([files, folders]) => ({ ...files, ...folders })),
  given: { "folder /srv/": "0755\troot:root" },
  answer: (node, keys) =>
    keys.flatMap((path) => (path.endsWith("/") ? showFolder(node, path) : node.show(path))),
  verbs: (node) => ({
    set_folder: (path, mode, owner) => node.facts.set(`folder ${path}`, `${mode}\t${owner}`),
    retire_unit: () => {},
    drop_folder: (path) => node.facts.delete(`folder ${path}`),
  }),
};

function showFolder(node: ModelNode, path: string): string[] {
  const facts = node.facts.get(`folder ${path}`);
  return facts === undefined ? [] : [`${path}\tfolder\t${facts}`];
}
