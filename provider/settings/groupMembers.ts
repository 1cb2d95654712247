import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { differing, setting } from "./setting.ts";

/** Users that belong to a group besides its others, one entry for each: who was a member before us stays one. */
export const groupMembers = setting({
  key: "groupMembers",
  description: "users in groups: group/user → member",
  entry: z.literal("member"),
  after: ["packages"],
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((key) => run("show_member", ...split(key)))
        .join("\n"),
    parse: (text, wanted) => {
      const found = new Set(text.split("\n").filter((line) => line.endsWith("\tmember")));
      const entries = Object.keys(wanted).map((key) => [key, found.has(`${key}\tmember`) ? "member" : null]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted) => differing(actual, wanted).map((key) => planOne(key, wanted[key] ?? null)),
  },
});

function planOne(key: string, wanted: "member" | null): Command {
  return run(wanted === null ? "remove_member" : "add_member", ...split(key));
}

/** `docker/rack` → docker, rack */
function split(key: string): [group: string, user: string] {
  const [group = "", user = ""] = key.split("/");
  return [group, user];
}
