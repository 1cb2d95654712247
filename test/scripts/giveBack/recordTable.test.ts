import { expect, test } from "vitest";
import { recordTable } from "../../../scripts/giveBack/recordTable.ts";

test("each entry has a row that says what becomes of it; records of others are left", () => {
  const table = recordTable([
    {
      setting: "files",
      purpose: "training",
      owner: "minirack/dev",
      isOwn: true,
      entries: [
        { entry: "/a", action: "remove" },
        { entry: "/b", action: "put back" },
      ],
    },
    {
      setting: "packages",
      owner: "minirack/dev",
      isOwn: true,
      entries: [{ entry: "jq", action: "nothing" }],
    },
    {
      setting: "peers",
      owner: "minirack/other",
      id: "0123456789abcdef",
      isOwn: false,
      entries: [{ entry: "mini2", action: "remove" }],
    },
  ]);
  expect(table.split("\n")).toEqual([
    "SETTING         ENTRY  ACTION",
    "files/training  /a     remove",
    "files/training  /b     put back",
    "packages        jq     already as it was",
    "peers           (all)  left: minirack/other (id 0123456789abcdef) owns it",
  ]);
});
