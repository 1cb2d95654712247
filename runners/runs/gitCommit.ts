import { execa } from "execa";
import type { RunMetadata } from "./runMetadata.ts";

/** The project's commit, and whether tracked files differ from it; undefined outside of git. */
export async function gitCommit(root: string): Promise<RunMetadata["commit"]> {
  const options = { cwd: root, reject: false } as const;
  const head = await execa("git", ["rev-parse", "HEAD"], options);
  if (head.exitCode !== 0) return undefined;
  const changes = await execa("git", ["status", "--porcelain", "--untracked-files=no"], options);
  return { hash: head.stdout, isDirty: changes.stdout !== "" };
}
