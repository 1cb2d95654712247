import { expect, test } from "vitest";
import { linkChecks, linkFindings } from "../../../scripts/clusterCheck/linkChecks.ts";
import { factsOf, specOf } from "./factsOf.ts";

const address = (last: number) => `172.31.0.${last}`;
const node = (last: number, peers?: Record<string, boolean>) => ({
  spec: specOf(`mini${last}`, {}, `${address(last)}/24`),
  ...(peers && { facts: factsOf({ peers, addresses: [{ interface: "eth1", address: address(last) }] }) }),
  findings: [],
});

test("each end says whom it reaches; one that is down is no fault of the others", () => {
  const links = linkChecks([
    node(1, { [address(2)]: true, [address(3)]: false }),
    node(2, { [address(1)]: true, [address(3)]: false }),
    node(3),
  ]);
  expect(links.map(({ reached, unreached, hasAddress }) => [reached, unreached, hasAddress])).toEqual([
    [["mini2"], ["mini3"], true],
    [["mini1"], ["mini3"], true],
    [[], [], undefined],
  ]);
  expect(linkFindings(links, "dev")).toEqual([]);
});

test("a neighbour that is up and silent is told", () => {
  const links = linkChecks([node(1, { [address(2)]: false }), node(2, { [address(1)]: true })]);
  expect(linkFindings(links, "dev")).toEqual([
    {
      node: "mini1",
      subject: "link eth1",
      found: "no answer over it from mini2",
      remedy: "look at the cable and at the addresses on both ends",
    },
  ]);
});
