import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Debian packages, each there or not. */
export const model: SettingModel = {
  wanted: fc.dictionary(fc.constantFrom("one", "two", "three"), fc.constant("installed")),
  answer: (node) => node.factsOf("package").map((name) => `${name} installed`),
  verbs: (node) => ({
    apt_install: (...names) => {
      for (const name of names) node.facts.set(`package ${name}`, "installed");
    },
    apt_purge: (...names) => {
      for (const name of names.slice(0, names.indexOf("--"))) node.facts.delete(`package ${name}`);
    },
  }),
};
