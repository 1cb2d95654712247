import { expect, test } from "vitest";
import { upgradeTable } from "../../../scripts/upgradeNodes/upgradeTable.ts";

test("packages have a row each with both versions, then every node one, one that failed too", () => {
  const upgraded = [
    { name: "libc6", from: "2.36-9", to: "2.36-10" },
    { name: "linux-image-6.1.0-18-amd64", from: undefined, to: "6.1.76-1" },
  ];
  const all = [
    { node: "mini1", upgraded, keptBack: ["docker.io"], rebootReason: "an update of libc6 waits for it" },
    { node: "mini2", upgraded: [], keptBack: [], rebootReason: undefined },
    { node: "mini3", error: "node mini3: connect: …" },
  ];
  expect(upgradeTable(all).split("\n")).toEqual([
    "NODE   PACKAGE                     FROM    TO",
    "mini1  libc6                       2.36-9  2.36-10",
    "mini1  linux-image-6.1.0-18-amd64  (new)   6.1.76-1",
    "",
    "NODE   UPGRADED  KEPT BACK  REBOOT",
    "mini1  2         docker.io  required: an update of libc6 waits for it",
    "mini2  0         -          -",
    "mini3  failed    -          -",
  ]);
});
