import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";
import { initProject } from "../../../scripts/init/initProject.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("a folder becomes a project whose cluster file loads", () => {
  const folder = join(temporaryFolder(), "shelf");
  const { made, left } = initProject(folder, "shelf");
  const files = [".gitignore", "Pulumi.shelf.yaml", "Pulumi.yaml", "cluster.yaml", "index.ts"];
  expect(made.sort()).toEqual(files);
  expect(left).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual([...files, "package.json"].sort());
  expect(loadCluster(join(folder, "cluster.yaml"), "shelf").nodes.map(({ name }) => name)).toEqual([
    "mini1",
    "mini2",
  ]);
});

test.each([
  ["shelf", "shelf"],
  ["My rack (new)", "My-rack-new"],
  ["..", "minirack"],
])("the project of folder %s is named %s: two are told apart by it", (name, project) => {
  const folder =
    name === ".." ? join(temporaryFolder(), "minirack", "inner", "..") : join(temporaryFolder(), name);
  initProject(folder, "shelf");
  expect(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).toMatch(new RegExp(`^name: ${project}\n`));
});

test("what is there stays as it is, and package.json keeps what it says", () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cluster.yaml"), "mine\n");
  writeFileSync(join(folder, "package.json"), '{"name":"shelf","dependencies":{"minirack":"0.1.0"}}');
  expect(initProject(folder, "prod").left).toEqual(["cluster.yaml"]);
  expect(readFileSync(join(folder, "cluster.yaml"), "utf8")).toBe("mine\n");
  expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toEqual({
    name: "shelf",
    dependencies: { minirack: "0.1.0" },
    type: "module",
  });
  expect(initProject(folder, "prod").made).toEqual([]);
});
