import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import packageFile from "../package.json" with { type: "json" };
import lockFile from "../package-lock.json" with { type: "json" };
import schema from "../provider/schema.json" with { type: "json" };
import { version } from "../provider/version.ts";
import { sourceFiles } from "./support/sourceFiles.ts";

const root = new URL("../", import.meta.url).pathname;
const packList = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).length(1);

/** What `npm pack` puts into the package. */
let packed: string[] = [];

beforeAll(async () => {
  const { stdout } = await execa("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root });
  packed = packList.parse(JSON.parse(stdout)).flatMap(({ files }) => files.map(({ path }) => path));
});

test("package, lock file, schema, provider and the newest entry of the changelog say the same version", () => {
  const changelog = readFileSync(`${root}CHANGELOG.md`, "utf8");
  const [, newest] = /^## \[?(\d+\.\d+\.\d+)/m.exec(changelog) ?? [];
  expect([version, lockFile.version, lockFile.packages[""].version, schema.version, newest]).toEqual(
    [0, 1, 2, 3, 4].map(() => packageFile.version),
  );
});

test("what is packed needs nothing that is not: neither a file of the clone nor a dev dependency", () => {
  const mayBeLazy = (target: string) => target.startsWith("offline/"); // asked for after a look whether it is there
  const missing = sourceFiles()
    .filter(({ path }) => packed.includes(path))
    .flatMap(({ path, imports }) => imports.map((target) => ({ path, target: posix.normalize(target) })))
    .filter(({ target }) => !target.startsWith("node:") && !mayBeLazy(target))
    .filter(({ target }) => !packed.includes(target) && !isDependency(target));
  expect(missing).toEqual([]);
});

function isDependency(target: string): boolean {
  const names = [packageFile.name, ...Object.keys(packageFile.dependencies)];
  return names.some((name) => target === name || target.startsWith(`${name}/`));
}

test("what a node is sent and what a person types is packed; what a clone alone needs is not", () => {
  expect(packed).toEqual(
    expect.arrayContaining([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "config/cluster.schema.json",
      "docs/manual/recovery.md",
      "domains/digits.py",
      "examples/everything.yaml",
      "provider/pulumi-resource-minirack",
      "provider/shell/prelude/core.sh",
      "runners/notebook/node/prune.sh",
      "runners/training/minirack_training/__main__.py",
      "runners/training/requirements.txt",
      "scripts/init/project/Pulumi.yaml",
      "scripts/init/project/gitignore",
      "scripts/minirack",
      "scripts/nodes/rebootReason.sh",
    ]),
  );
  expect(packed.filter((path) => /^(test|lab|offline|\.ci|stacks\/.*yaml|Pulumi)/.test(path))).toEqual([]);
});
