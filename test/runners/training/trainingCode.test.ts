import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  trainingCode,
  trainingCodeHash,
  trainingRequirements,
} from "../../../runners/training/trainingCode.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const root = join(import.meta.dirname, "..", "..", "..");

test("the package and the domains are deployed, Python only", () => {
  const paths = trainingCode(root).map(({ path }) => path);
  expect(paths).toContain("minirack_training/__main__.py");
  expect(paths).toContain("domains/digits.py");
  expect(paths.filter((path) => !path.endsWith(".py"))).toEqual([]);
});

test("a project of one's own has our domains, and its own in their place where names are the same", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "domains"));
  writeFileSync(join(folder, "domains", "digits.py"), "own\n");
  writeFileSync(join(folder, "domains", "waves.py"), "waves\n");
  const files = new Map(trainingCode(folder).map(({ path, content }) => [path, content]));
  expect([files.get("domains/digits.py"), files.get("domains/waves.py")]).toEqual(["own\n", "waves\n"]);
  expect(trainingCode(temporaryFolder())).toEqual(trainingCode(root));
});

test("a link of a project brings no file from outside of it, one inside is that file", () => {
  const [folder, outside] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(folder, "domains"));
  writeFileSync(join(outside, "key"), "a private key\n");
  writeFileSync(join(folder, "waves.py"), "waves\n");
  symlinkSync("../waves.py", join(folder, "domains", "inside.py"));
  const domains = new Map(trainingCode(folder).map(({ path, content }) => [path, content]));
  expect(domains.get("domains/inside.py")).toBe("waves\n");
  symlinkSync(join(outside, "key"), join(folder, "domains", "key.py"));
  expect(() => trainingCode(folder)).toThrow(
    `${folder}: expected links that stay in it, got domains/key.py, which leads out of it; put the file itself there or ignore it`,
  );
});

test("the hash is the one that the nodes compute, whatever the order of the files", () => {
  // The same files and hash as in test_parts.py.
  const files = [
    { path: "minirack_training/b.py", content: "b\n" },
    { path: "domains/a.py", content: "é\n" },
    { path: "minirack_training/__init__.py", content: "" },
  ];
  expect(trainingCodeHash(files)).toBe("7c7f14f34679a55e5a272cc7ead9570273268f7b6326a779abb652ac8a268f79");
  expect(trainingCodeHash(files.reverse())).toBe(trainingCodeHash(files));
});

test("every requirement is an exact version", () => {
  const lines = trainingRequirements()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines.filter((line) => !/^[a-z0-9-]+==[0-9.]+$/.test(line))).toEqual([]);
});
