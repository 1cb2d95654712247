import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

/** A folder is what was prepared last and then placed. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("dataSets/one", "projects/two", "projects/three"),
    fc.record({
      source: fc.constant("../data"),
      path: fc.constantFrom("/srv/one", "/opt/a folder's"),
      owner: fc.constantFrom("root:root", "rack:rack"),
      folderMode: fc.constantFrom("0555", "0755"),
      isExact: fc.boolean(),
      digest: fc.constantFrom("aaaa", "bbbb"),
      drift: fc.constant({}),
    }),
  ),
  answer: (node, keys) =>
    keys.flatMap((key) => {
      const folder = node.facts.get(`folder ${key}`);
      return folder === undefined ? [] : [`${key}\tfolder\t${folder}`];
    }),
  verbs: ({ facts }) => ({
    prepare_folder: (key = "", ...rest) => facts.set(`next ${key}`, rest.join("\t")),
    place_folder: (key = "") => {
      facts.set(`folder ${key}`, facts.get(`next ${key}`) ?? "nothing arrived");
      facts.delete(`next ${key}`);
    },
    remove_folder: (key = "") => facts.delete(`folder ${key}`),
  }),
};
