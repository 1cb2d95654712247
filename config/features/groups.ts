import { z } from "zod";
import { accountName } from "../names.ts";
import { feature } from "./feature.ts";

const gid = z.number().int().min(1).max(59_999);
const group = z.strictObject({
  gid: gid.optional().describe("its number; the node chooses one when left out"),
});

export const groups = feature({
  key: "groups",
  rule: z.record(accountName, group).describe("groups: name → gid"),
  settings: (value) => ({
    accounts: Object.fromEntries(
      Object.entries(value).map(([name, { gid }]) => [`group ${name}`, gid ?? "present"]),
    ),
  }),
});
