import fc from "fast-check";
import type { Json } from "../../../../provider/settings/setting.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const home = "/home";

/** What is wanted of a user, who is there then. */
function userOf(name: string, kind: Json): fc.Arbitrary<Record<string, Json>> {
  const facts = fc.record(
    {
      shell: fc.constantFrom("/bin/bash", "/bin/sh"),
      comment: fc.constantFrom("", "A B"),
      key: fc.constant("ssh K"),
    },
    { requiredKeys: [] },
  );
  const memberships = fc.subarray(["adm", "quant"]);
  return fc.tuple(facts, memberships).map(([{ shell, comment, key }, groups]) => ({
    [`user ${name}`]: kind,
    ...(shell !== undefined && { [`shell ${name}`]: shell }),
    ...(comment !== undefined && { [`comment ${name}`]: comment }),
    ...(key !== undefined && { [`key ${name}/laptop`]: key }),
    ...Object.fromEntries(groups.map((group) => [`member ${group}/${name}`, "member"])),
    ...(groups.includes("quant") && { "group quant": "present" }),
  }));
}

const users = [
  userOf("ada", "present"),
  userOf("ben", 1500),
  userOf("feed", "system"),
  userOf("rack", "present"),
];

/** Group adm and user rack, a member of it with a shell and a comment, were there before us. */
export const model: SettingModel = {
  wanted: fc
    .tuple(...users.map((user) => fc.option(user, { nil: {} })))
    .map((all): Record<string, Json> => Object.assign({}, ...all)),
  given: {
    "group adm": "4",
    "user rack": `1000\t${home}/rack\t/bin/zsh\tRack`,
    "member adm/rack": "member",
  },
  answer: (node, keys) => {
    const names = keys.map((key) => key.replace(/^(shell|home|comment) /, "user "));
    return [...new Set(names)].flatMap((key) =>
      node.facts.has(key) ? [`${key}\t${node.facts.get(key)}`] : [],
    );
  },
  verbs: (node) => ({
    keep_copies: () => {},
    add_group: (name, gid = "1900") => node.facts.set(`group ${name}`, gid),
    remove_group: (name) => node.facts.delete(`group ${name}`),
    add_user: (name, kind = "", ...facts) => {
      const uid =
        new Map([
          ["system", "999"],
          ["present", "1001"],
        ]).get(kind) ?? kind;
      node.facts.set(`user ${name}`, [uid, ...facts].join("\t"));
    },
    remove_user: (name) => node.facts.delete(`user ${name}`),
    set_user: (name, what, value = "") => {
      const [uid, place, shell, comment] = (node.facts.get(`user ${name}`) ?? "").split("\t");
      const changed = what === "shell" ? [uid, place, value, comment] : [uid, place, shell, value];
      node.facts.set(`user ${name}`, changed.join("\t"));
    },
    add_member: (group, user) => node.facts.set(`member ${group}/${user}`, "member"),
    remove_member: (group, user) => node.facts.delete(`member ${group}/${user}`),
    set_key: (user, name, key) =>
      key === undefined
        ? node.facts.delete(`key ${user}/${name}`)
        : node.facts.set(`key ${user}/${name}`, key),
  }),
};
