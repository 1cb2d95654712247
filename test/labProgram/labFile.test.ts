import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readLabFile } from "../../lab/labFile.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

function read(text: string) {
  const file = join(temporaryFolder(), "lab.yaml");
  writeFileSync(file, text);
  return readLabFile(file);
}

const head = "user: rack\nportBase: 2200\nlinkSubnet: 172.31.0.0/24\n";

describe("lab file", () => {
  test("stacks/lab.yaml has a Debian 12 by key, one with a sudo password, a Debian 13 by password", () => {
    expect(readLabFile("stacks/lab.yaml").nodes).toEqual([
      { name: "mini1", debian: 12, sudo: "withoutPassword", firstContact: "key" },
      { name: "mini2", debian: 12, sudo: "withPassword", firstContact: "key" },
      { name: "mini3", debian: 13, sudo: "withoutPassword", firstContact: "password" },
    ]);
  });

  test.each([
    ["an unknown field", `${head}nodes: [{ name: mini1, memoryGb: 4 }]`, "memoryGb"],
    ["another Debian", `${head}nodes: [{ name: mini1, debian: 11 }]`, "nodes[0].debian"],
    ["two nodes of one name", `${head}nodes: [{ name: a }, { name: a }]`, "expected names to differ"],
    ["no nodes", `${head}nodes: []`, "nodes"],
    ["a name that is no host name", `${head}nodes: [{ name: Mini_1 }]`, "lower-case letters"],
    ["another kind of subnet", `${head.replace("0/24", "0/16")}nodes: [{ name: a }]`, "172.31.0.0/24"],
  ])("%s is an error that names file and field", (_, text, expected) => {
    expect(() => read(text)).toThrow(expected);
    expect(() => read(text)).toThrow("lab.yaml:");
  });
});
