import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { buildContext, packContext } from "../../../../runners/notebook/image/buildContext.ts";
import { requirementsOf } from "../../../../runners/notebook/image/requirements.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const code = { files: [{ path: "src/a.py", content: Buffer.from("1\n") }], sha256: "" };

test("the same files are the same bytes, and another file is another digest", async () => {
  const requirements = requirementsOf(temporaryFolder());
  const [one, other] = [buildContext(code, requirements), buildContext(code, requirements)];
  expect(await buffer(packContext(one))).toEqual(await buffer(packContext(other)));
  expect(one.sha256).toBe(other.sha256);
  const changed = { ...code, files: [{ path: "src/a.py", content: Buffer.from("2\n") }] };
  expect(buildContext(changed, requirements).sha256).not.toBe(one.sha256);
});

test("it holds the executor and its packages, and the code in a folder of its own", () => {
  const paths = buildContext(code, requirementsOf(temporaryFolder())).files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "Dockerfile",
      "packages/executor.txt",
      "packages/kernel.txt",
      "project/requirements.txt",
      "runner/minirack_notebook/__main__.py",
      "runner/minirack_notebook/__main__.py",
      "code/src/a.py",
    ]),
  );
});
