import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ExecaError, execa } from "execa";
import { userCache } from "../userCache.ts";
import { createEnvironment } from "./createEnvironment.ts";

const root = join(import.meta.dirname, "..", "..");
const requirementFiles = [
  "requirements-dev.txt",
  "runners/training/requirements.txt",
  "runners/notebook/executor.txt",
  "runners/notebook/kernel.txt",
];

/**
 * The Python tools of requirements-dev.txt (ruff, mypy, pytest) in an environment of their own, made at first use and
 * kept in the user's cache, one per content of the requirements and version of Python.
 *
 * @returns `bin`, the folder with the tools
 * @throws Error when there is no Python 3.11 or newer, or when it cannot make environments
 */
export async function pythonTools(): Promise<{ bin: string }> {
  const version = await pythonVersion();
  const folder = join(userCache("python"), environmentHash(version));
  if (!existsSync(folder)) await makeEnvironment(folder);
  return { bin: join(folder, "bin") };
}

async function pythonVersion(): Promise<string> {
  const program = "import sys; print('.'.join(map(str, sys.version_info[:3])))";
  const { stdout, failed } = await execa("python3", ["-c", program], { reject: false });
  const [major = 0, minor = 0] = stdout?.split(".").map(Number) ?? [];
  if (!failed && major === 3 && minor >= 11) return stdout;
  throw new Error(
    `python3: expected 3.11 or newer, found ${failed ? "none" : stdout}; install it (apt install python3 python3-venv, brew install python)`,
  );
}

function environmentHash(version: string): string {
  const hash = createHash("sha256").update(version);
  for (const file of requirementFiles) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

/**
 * Made under a name of its own and linked when whole, so that two processes may make it at once. Not renamed: the
 * tools' first lines hold the path they were installed at.
 */
async function makeEnvironment(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}-`);
  try {
    await createEnvironment(made);
    const install = ["-m", "pip", "install", "--quiet", "-r", "requirements-dev.txt"];
    await execa(join(made, "bin", "python"), install, { cwd: root });
    if (!existsSync(folder)) await rm(folder, { force: true }); // a link whose environment somebody removed
    await symlink(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // The other process was quicker; its environment is as good as ours.
    if (!existsSync(folder)) throw explain(error);
  }
}

function explain(error: unknown): Error {
  const said = error instanceof ExecaError ? String(error.stderr || error.stdout) : String(error);
  const lines = said.trim().split("\n").slice(-5).join("\n");
  return new Error(`Python tools: expected the packages of requirements-dev.txt, found: ${lines}`);
}
