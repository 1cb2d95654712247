import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { requirementsOf } from "../../../../runners/notebook/image/requirements.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function project(files: Record<string, string | Buffer>): string {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const sent = (root: string) =>
  Object.fromEntries(
    requirementsOf(root)
      .files.filter(({ path }) => path.startsWith("project/"))
      .map(({ path, content }) => [path.slice("project/".length), content.toString("utf8")]),
  );

test("a project without requirements.txt has none", () => {
  expect(sent(project({}))).toEqual({ "requirements.txt": "" });
});

test("other files of requirements and constraints go along, wherever they name one another", () => {
  const root = project({
    "requirements.txt": "-r requirements/base.txt  # the rest\n-c constraints.txt\nsix\n",
    "requirements/base.txt": "--requirement=more.txt\ntoolz==1.0.0 ; python_version >= '3.9'\n",
    "requirements/more.txt": "-rmore.txt\ncertifi==2024.7.4 \\\n    --hash=sha256:abc\n",
    "constraints.txt": "six==1.17.0\n",
  });
  expect(sent(root)).toEqual({
    "requirements.txt": "-r requirements/base.txt\n-c constraints.txt\nsix\n",
    "requirements/base.txt": "--requirement=more.txt\ntoolz==1.0.0 ; python_version >= '3.9'\n",
    "requirements/more.txt": "-rmore.txt\ncertifi==2024.7.4     --hash=sha256:abc\n",
    "constraints.txt": "six==1.17.0\n",
  });
});

test.each(["-r secret.txt", "-c secret.txt", "-r linked/secret.txt"])(
  "%s, which a link leads out of the project, is refused",
  (line) => {
    const secrets = project({ "secret.txt": "password" });
    const root = project({ "requirements.txt": line });
    symlinkSync(join(secrets, "secret.txt"), join(root, "secret.txt"));
    symlinkSync(secrets, join(root, "linked"));
    expect(() => requirementsOf(root)).toThrow(
      `${root}: expected links that stay in it, got ${line.slice(3)}, which leads out of it; put the file itself there or ignore it`,
    );
  },
);

test("requirements that are a pipe are refused, and not waited for", async () => {
  const root = temporaryFolder();
  await execa("mkfifo", [join(root, "requirements.txt")]);
  expect(() => requirementsOf(root)).toThrow(
    "expected files and folders, got requirements.txt, which is neither",
  );
});

test("packages of the project go along as they are now, never editable", () => {
  const root = project({
    "requirements.txt":
      "-e .\n-e libs/own[fast] ; python_version > '3'\n./libs/other\nwheels/a-1-py3-none-any.whl\n",
    "pyproject.toml": "[project]\n",
    "src/own/__init__.py": "",
    "libs/own/pyproject.toml": "",
    "libs/other/pyproject.toml": "",
    "wheels/a-1-py3-none-any.whl": "",
    "results/run/large": "",
    "notebooks/10_a.ipynb": "",
    ".env": "TOKEN=1",
    ".gitignore": ".env\n",
  });
  const files = sent(root);
  expect(files["requirements.txt"]).toBe(
    ".\nlibs/own[fast] ; python_version > '3'\n./libs/other\nwheels/a-1-py3-none-any.whl\n",
  );
  expect(Object.keys(files).sort()).toEqual([
    ".gitignore",
    "libs/other/pyproject.toml",
    "libs/own/pyproject.toml",
    "pyproject.toml",
    "requirements.txt",
    "src/own/__init__.py",
    "wheels/a-1-py3-none-any.whl",
  ]);
});

test("another content of a file that is named is another environment", () => {
  const root = project({ "requirements.txt": "-r base.txt\n", "base.txt": "six==1.16.0\n" });
  const before = requirementsOf(root).sha256;
  writeFileSync(join(root, "base.txt"), "six==1.17.0\n");
  expect(requirementsOf(root).sha256).not.toBe(before);
});

test.each([
  ["six==1.17.0\n"],
  ["six @ https://example.org/six.whl\n"],
  ["git+https://example.org/six.git\n"],
  ["--extra-index-url https://example.org/simple\n"],
  ["torch==2.6.0+cpu\n"],
  ["-r https://example.org/base.txt\n"],
])("%j is pip's to read", (text) => {
  expect(sent(project({ "requirements.txt": text }))).toEqual({ "requirements.txt": text });
});

test("a file of PowerShell's is read as it was meant", () => {
  const utf16 = Buffer.from("\ufeffsix==1.17.0\r\n", "utf16le");
  expect(sent(project({ "requirements.txt": utf16 }))).toEqual({ "requirements.txt": "six==1.17.0\n" });
});

const byPip = "write the file by: pip list --format=freeze > requirements.txt";
test.each([
  [
    "six\n\nnumpy=1.26.4=py311h64a7726_0\n",
    `requirements.txt:3: expected a requirement as pip reads it, got numpy=1.26.4=py311h64a7726_0; conda wrote it: ${byPip}`,
  ],
  [
    "certifi @ file:///croot/certifi_1720453481653/work/certifi\n",
    `requirements.txt:1: expected a requirement as pip reads it, got certifi @ file:///croot/certifi_1720453481653/work/certifi; it is a file of one computer: ${byPip}`,
  ],
  [
    "-r base.txt\n",
    "requirements.txt:1: expected a file or folder of the project, got -r base.txt, which is not there; correct its path, or remove the line",
  ],
  [
    "six\n-e ../lib\n",
    "requirements.txt:2: expected a file or folder of the project, got ../lib, which is outside of it; copy it into the project, and name it from there",
  ],
  [
    "/home/ada/lib\n",
    "requirements.txt:1: expected a file or folder of the project, got /home/ada/lib, which is outside of it; copy it into the project, and name it from there",
  ],
])("%j is refused by its line", (text, message) => {
  expect(() => requirementsOf(project({ "requirements.txt": text }))).toThrow(message);
});
