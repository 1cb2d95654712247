import { expect, test } from "vitest";
import { fieldCases } from "../support/fieldCases.ts";

/**
 * What breaks a node, one fault at a time: with each it works, or it is refused with exact words and the node stays as it is. Each is a
 * case of `test/lab/field.test.ts`. A line is never dropped.
 */
const faults: Record<string, string[]> = {
  "interrupted dpkg": ["interruptedDpkg"],
  "broken apt source": ["brokenAptSource"],
  "full /tmp": ["fullTmp"],
  "noexec home and /tmp": ["homeWithoutExec"],
  "another vendor's Docker": ["otherDocker", "otherDockerLater"],
  "masked unit": ["maskedUnit"],
  "held package": ["packageHeldBefore", "heldPackage"],
};

test.each(Object.entries(faults))("%s is tried on a node", (_fault, cases) => {
  const names = fieldCases("node").map(({ name }) => name);
  expect(cases.filter((name) => !names.includes(name))).toEqual([]);
});
