import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporaryFolder.ts";

/** Lets the running test work in a project's folder of its own: what a stack keeps there is nobody else's. */
export function ownFolder(): string {
  const before = process.cwd();
  const folder = temporaryFolder();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}
