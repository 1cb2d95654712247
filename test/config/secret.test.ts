import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveSecret, secretSchema } from "../../config/secret.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const none = () => "";

test("a secret in a file is its first line, from where the cluster file is", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "password"), "open sesame\nand a note\n");
  expect(resolveSecret({ file: "password" }, folder, none)).toBe("open sesame");
});

test.each([
  ["s3cret\r\n", "with the line ends of another system"],
  ["\uFEFFs3cret\n", "with a mark at its beginning"],
  ["\uFEFFs3cret\r\nand a note\r\n", "with both"],
  ["s3cret", "without an end of its line"],
])("a secret file %j is read %s", (text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "password"), text);
  expect(resolveSecret({ file: "password" }, folder, none)).toBe("s3cret");
});

test("a secret in the stack's configuration is asked for by its name", () => {
  expect(resolveSecret({ config: "sudo" }, "/", (name) => ({ wrapped: name }))).toEqual({ wrapped: "sudo" });
});

test("a secret file that is not there names its path and what to do", () => {
  expect(() => resolveSecret({ file: "none" }, "/nowhere", none)).toThrow(
    new Error(
      "secret file /nowhere/none: expected a file to read, got ENOENT: no such file or directory, open '/nowhere/none'; " +
        "make it or correct the path",
    ),
  );
});

test.each(["hunter2", {}, { file: "a", config: "b" }, { file: "" }])("%j is no reference", (value) => {
  expect(secretSchema.safeParse(value).success).toBe(false);
});
