import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Say } from "../docker/prepareDocker.ts";

/** Which lab, and where its words go. */
export interface LabStack {
  /** Pulumi's stack; `lab` unless given. */
  stack?: string;
  /** The stack's configuration, `Pulumi.STACK.yaml` in the project's folder unless given. */
  configFile?: string;
  say: Say;
  /** Pulumi's own output: shown as it comes, or kept for the error. */
  output?: "shown" | "kept";
}

export const root = resolve(import.meta.dirname, "../..");

const stackConfig = z.object({ config: z.object({ "minirack:labFile": z.string() }) });

/** The stack's name, its configuration's path, and its folder for what is not in git. */
export function labPaths({ stack = "lab", configFile }: Pick<LabStack, "stack" | "configFile">) {
  return {
    stack,
    configFile: configFile ? resolve(configFile) : join(root, `Pulumi.${stack}.yaml`),
    folder: join(root, ".minirack", stack),
  };
}

/**
 * The lab file that a stack's configuration names.
 * @throws Error when it names none
 */
export function labFileOf(configFile: string): string {
  const read = stackConfig.safeParse(parse(readFileSync(configFile, "utf8")));
  if (read.success) return join(root, read.data.config["minirack:labFile"]);
  throw new Error(`${configFile}: expected config minirack:labFile\n${z.prettifyError(read.error)}`);
}
