import { describe, expect, test } from "vitest";
import { readLabFile } from "../../lab/labFile.ts";
import { labNodes } from "../../lab/labNodes.ts";

const { nodes } = readLabFile("stacks/lab.yaml");
const names = (count: string | undefined) => labNodes(nodes, count).map(({ name }) => name);

describe("number of nodes", () => {
  test.each([undefined, ""])("%j is the file's own", (count) => {
    expect(labNodes(nodes, count)).toEqual(nodes);
  });

  test("fewer are the first ones", () => {
    expect(names("1")).toEqual(["mini1"]);
  });

  test("more are like the first", () => {
    expect(names("5")).toEqual(["mini1", "mini2", "mini3", "mini4", "mini5"]);
    expect(labNodes(nodes, "5")[4]).toEqual({ ...nodes[0], name: "mini5" });
  });

  test.each(["0", "-1", "2.5", "many", "100"])("%s is refused", (count) => {
    expect(() => names(count)).toThrow(`found "${count}"`);
  });
});
