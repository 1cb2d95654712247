import { runKey } from "../../runs/runKey.ts";
import type { Parameters } from "./parameters.ts";

/** Everything that decides a training's numbers. */
export interface TrainingIngredients {
  codeHash: string;
  requirementsSha256: string;
  domain: string;
  parameters: Parameters;
  /** Names in the order of ranks: the order decides who trains on which samples. */
  nodes: string[];
}

/** The same key gives the same numbers. */
export function trainingKey({ parameters, ...rest }: TrainingIngredients): string {
  return runKey({ runner: "training", ...rest, parameters: { ...parameters, seed: parameters.seed ?? 0 } });
}

/** The run's name: `digits-` and the first ten of the key. */
export function trainingName(domain: string, key: string): string {
  return `${domain}-${key.slice(0, 10)}`;
}
