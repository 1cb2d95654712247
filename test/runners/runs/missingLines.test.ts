import { expect, test } from "vitest";
import { missingLines } from "../../../runners/runs/missingLines.ts";

test("what did not come is named, and where it is", () => {
  const files = [{ path: "a\nb", why: "a pipe" }];
  const leftOut = { node: "mini1", folder: "/srv/minirack/runs/odd-0123abcd", count: 1, files };
  expect(missingLines({ leftOut, logCutBytes: 983_700_000 })).toEqual([
    'left out: "a\\nb" (a pipe); they stay on mini1 in /srv/minirack/runs/odd-0123abcd/output: remove that folder when you have what you need',
    "execution.log is cut: the first 984 MB of what it printed are gone, its node keeps the last 20 to 40 MB; write what you need whole to a file in the output",
  ]);
  expect(missingLines({})).toEqual([]);
});
