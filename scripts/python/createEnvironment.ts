import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

type Attempt = (folder: string) => Promise<unknown>;

/** Debian's python3 comes without ensurepip, and then without `venv`; the others need it not. */
const attempts: Attempt[] = [
  (folder) => execa("python3", ["-m", "venv", "--clear", folder]),
  (folder) => execa("uv", ["venv", "--seed", "--clear", "--python", "python3", folder]),
  withVirtualenv,
];

/**
 * An empty Python environment with pip, by the first way that works here.
 *
 * @throws Error when none does, with what to install
 */
export async function createEnvironment(folder: string): Promise<void> {
  for (const attempt of attempts) {
    const isMade = await attempt(folder).then(
      () => true,
      () => false,
    );
    if (isMade) return;
  }
  throw new Error(
    "expected python3 -m venv, uv or pip to make an environment, found none; apt install python3-venv",
  );
}

async function withVirtualenv(folder: string): Promise<void> {
  const target = await mkdtemp(join(tmpdir(), "minirack-virtualenv-"));
  try {
    await execa("python3", ["-m", "pip", "install", "--quiet", "--target", target, "virtualenv"]);
    await execa("python3", ["-m", "virtualenv", "--clear", folder], { env: { PYTHONPATH: target } });
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}
