import { createHash } from "node:crypto";
import { join } from "node:path";
import { trainingCode, trainingCodeHash, trainingRequirements } from "../trainingCode.ts";
import type { LaunchOptions } from "./launchOptions.ts";
import { remoteScript } from "./remoteScript.ts";
import type { Training } from "./training.ts";
import { trainingKey, trainingName } from "./trainingKey.ts";

/** A run that could start: everything is known, nothing was done. */
export interface LaunchPlan {
  run: string;
  key: string;
  training: Training;
  /** Runs rank 0, and what starts the others. */
  first: Training["nodes"][number];
  requirementsSha256: string;
  /** sh, for the first node. */
  script: string;
  /** The folder that holds one folder per run. */
  results: string;
}

/**
 * Puts together what would run where.
 *
 * @throws Error when the domain is unknown, or when the nodes hold other code than this folder
 */
export function planLaunch(options: LaunchOptions, training: Training): LaunchPlan {
  const { root, stack, domain, parameters } = options;
  const files = trainingCode(root);
  const domains = files.flatMap(({ path }) => /^domains\/([^_].*)\.py$/.exec(path)?.[1] ?? []);
  if (!domains.includes(domain)) {
    throw new Error(
      `domain: expected one of ${domains.join(", ")}, found ${domain}; add domains/${domain}.py`,
    );
  }
  const codeHash = trainingCodeHash(files);
  if (codeHash !== training.codeHash) throw new Error(codeSkew(stack, codeHash, training.codeHash));
  const requirementsSha256 = createHash("sha256").update(trainingRequirements()).digest("hex");
  const nodes = training.nodes.map((node) => node.name);
  const key = trainingKey({ codeHash, requirementsSha256, domain, parameters, nodes });
  const script = remoteScript(training, domain, parameters);
  const run = trainingName(domain, key);
  const [first] = training.nodes;
  if (first === undefined) throw new Error("training: expected at least one node, got none");
  return { run, key, training, first, requirementsSha256, script, results: join(root, "results") };
}

function codeSkew(stack: string, here: string, deployed: string): string {
  const [wanted, found] = [here, deployed].map((hash) => hash.slice(0, 10));
  return `training code: expected ${wanted} (this folder) on the nodes, found ${found}; npx pulumi up --stack ${stack} first`;
}
