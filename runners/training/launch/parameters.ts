/** What the user asks of a run. What is left out, the domain's own DEFAULTS decide. */
export interface Parameters {
  epochs?: number | undefined;
  batchSize?: number | undefined;
  learningRate?: number | undefined;
  syncEveryNSteps?: number | undefined;
  seed?: number | undefined;
}

/** The parameters as the trainer's command line takes them. */
export function parameterArguments(parameters: Parameters): string[] {
  const flags: [string, number | undefined][] = [
    ["--epochs", parameters.epochs],
    ["--batch-size", parameters.batchSize],
    ["--learning-rate", parameters.learningRate],
    ["--sync-every-n-steps", parameters.syncEveryNSteps],
    ["--seed", parameters.seed],
  ];
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}
