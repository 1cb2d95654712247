import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../lab/labStack.ts";
import type { SeededKind } from "./seedsDone.ts";

const product = [
  "bundle",
  "components",
  "config",
  "domains",
  "index.ts",
  "lab",
  "provider",
  "runners",
  "stacks",
];
const random = "test/lab/random";
/** A seed draws the same only from the same generator. */
const generators: Record<SeededKind, string[]> = {
  runs: [`${random}/randomRun.ts`, `${random}/odd_run.py`],
  nodes: [`${random}/nodes`],
};

/** Says which code random tests are of: the product and what draws them, as the files are now, committed or not. */
export async function codeVersion(kind: SeededKind, folder = root): Promise<string> {
  const paths = [...product, ...generators[kind]];
  const place = await mkdtemp(join(tmpdir(), "minirack-version-"));
  try {
    const env = { GIT_INDEX_FILE: join(place, "index") };
    const git = (...words: string[]) => execa("git", words, { cwd: folder, env });
    await git("read-tree", "HEAD");
    await git("add", "--all", "--ignore-errors", "--", ...paths);
    const { stdout } = await git("ls-files", "--stage", "--", ...paths);
    return createHash("sha256").update(stdout).digest("hex").slice(0, 12);
  } finally {
    await rm(place, { recursive: true });
  }
}
