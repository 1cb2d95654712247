import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

/** Members of groups that are there; one of them was a member before us. */
export const model: SettingModel = {
  wanted: fc.dictionary(fc.constantFrom("docker/rack", "docker/ada", "adm/rack"), fc.constant("member")),
  given: { "member adm/rack": "" },
  answer: (node) => node.factsOf("member").map((key) => `${key}\tmember`),
  verbs: (node) => ({
    add_member: (group, user) => node.facts.set(`member ${group}/${user}`, ""),
    remove_member: (group, user) => node.facts.delete(`member ${group}/${user}`),
  }),
};
