import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Files with names and contents that a shell could trip over. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one", "two", "three").map((one) => `/etc/a folder/${one}'s`),
    fc.record({
      content: fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
      mode: fc.constantFrom("0644", "0600"),
      owner: fc.constantFrom("root:root", "rack:rack"),
    }),
  ),
  answer: (node, keys) => keys.flatMap((path) => node.show(path)),
};
