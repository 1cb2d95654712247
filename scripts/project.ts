import { resolve } from "node:path";

/**
 * The Pulumi project that what people type works on: this clone, or where `minirack NAME` was called, as that command says.
 * Stacks, their configuration, state and results are there.
 */
export function projectFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.MINIRACK_PROJECT || resolve(import.meta.dirname, "..");
}

/** The stack that is meant where `--stack` is left out: the lab's cluster, or a project's only one. */
export const usualStack = process.env.MINIRACK_STACK || "dev";
