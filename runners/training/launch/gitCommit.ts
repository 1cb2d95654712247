import { execa } from "execa";

/** The project's commit, with `-dirty` where tracked files differ from it; undefined outside of git. */
export async function gitCommit(root: string): Promise<string | undefined> {
  const options = { cwd: root, reject: false } as const;
  const head = await execa("git", ["rev-parse", "HEAD"], options);
  if (head.exitCode !== 0) return undefined;
  const changes = await execa("git", ["status", "--porcelain", "--untracked-files=no"], options);
  return `${head.stdout}${changes.stdout === "" ? "" : "-dirty"}`;
}
