import type { LaunchOptions } from "./launchOptions.ts";
import type { LaunchPlan } from "./planLaunch.ts";
import type { Metadata } from "./runRecord.ts";
import type { Start } from "./trainingEvent.ts";

/** What is known of a run when it starts. */
export function startedMetadata(
  plan: LaunchPlan,
  { stack, domain, parameters }: LaunchOptions,
  commit: Metadata["commit"],
): Metadata {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  const asked = Object.fromEntries(given);
  return {
    run: plan.run,
    runner: "training",
    key: plan.key,
    status: "running",
    startedAt: new Date().toISOString(),
    stack,
    nodes: plan.training.nodes.map(({ name, linkAddress }) => ({ name, linkAddress })),
    commit,
    code: { sha256: plan.training.codeHash },
    environment: { requirementsSha256: plan.requirementsSha256 },
    data: {},
    parameters: asked,
    training: { domain, asked },
  };
}

/** What the ranks' first words add: all parameters, and the versions that they found. */
export function toldMetadata(
  { environment, training }: Metadata,
  start: Start,
): Pick<Metadata, "environment" | "parameters" | "training"> {
  const [first] = start.ranks;
  const packages = first && { numpy: first.numpy, mpi4py: first.mpi4py }; // the same on all ranks, or they refuse to start
  return {
    environment: { ...environment, packages },
    parameters: start.parameters,
    training: { ...training, start },
  };
}
