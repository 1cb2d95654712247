import { createHash } from "node:crypto";
import type { Parameters } from "./parameters.ts";

/** Everything that decides a run's numbers. */
export interface RunIngredients {
  codeHash: string;
  /** The requirements file, whole. */
  requirements: string;
  domain: string;
  parameters: Parameters;
  /** Names in the order of ranks: the order decides who trains on which samples. */
  nodes: string[];
}

/** SHA-256 of the ingredients: the same key gives the same numbers. */
export function runKey(ingredients: RunIngredients): string {
  const { codeHash, requirements, domain, parameters, nodes } = ingredients;
  const { epochs, batchSize, learningRate, syncEveryNSteps, seed = 0 } = parameters;
  const ordered = {
    codeHash,
    requirements,
    domain,
    epochs,
    batchSize,
    learningRate,
    syncEveryNSteps,
    seed,
    nodes,
  };
  return createHash("sha256").update(JSON.stringify(ordered)).digest("hex");
}

/** The run's name, and its folder's: `digits-` and the first ten of the key. */
export function runName(domain: string, key: string): string {
  return `${domain}-${key.slice(0, 10)}`;
}
