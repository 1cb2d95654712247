import { z } from "zod";
import { stayingSchema } from "./leftOut.ts";
import { runIdRule } from "./onNode/runId.ts";
import { runNameRule } from "./runName.ts";

/** Of a node, as the cluster file may have it and more: it is shown, and compared. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const stackRule = /^[A-Za-z0-9_.][A-Za-z0-9_./-]*$/;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a run stands. */
export const runStatusSchema = z.enum(["running", "finished", "failed", "stopped"]);
export type RunStatus = z.infer<typeof runStatusSchema>;

const exitSchema = z.object({
  code: z
    .number()
    .int()
    .nullable()
    .describe("null where none was told: the connection or the process went first"),
  reason: z.string().describe("in words: `finished`, or what went wrong, where, and what to do"),
});

const environmentSchema = z.object({
  requirementsSha256: sha256.optional().describe("SHA-256 of the requirements file"),
  imageId: z.string().optional().describe("the image's id"),
  imageDigest: z.string().optional().describe("the image's digest, by which a node fetched it"),
  baseImage: z.string().optional().describe("what the image was made from, with its digest"),
  insteadOf: z
    .string()
    .optional()
    .describe("the base image that was asked for, where no registry answered and another took its place"),
  python: z.string().optional().describe("Python's version"),
  packages: z.record(z.string(), z.string()).optional().describe("package → exact version"),
});

const dataSchema = z.object({
  path: z.string().describe("where it is on the node"),
  digest: z.string().optional().describe("of what is in it; left out where minirack did not bring it"),
});

const limitsSchema = z.object({
  memoryBytes: z.number().int().optional().describe("more than that ends it as out of memory"),
  cpus: z.number().optional().describe("cores' worth of time"),
  timeoutSeconds: z.number().optional().describe("longer than that ends it"),
  cellTimeoutSeconds: z.number().optional().describe("longer than that in one cell ends a notebook"),
  hasNetwork: z.boolean().describe("whether it could reach a network"),
});

const boundSchema = z.object({
  wireBytes: z.number().int().describe("bytes that went to the node"),
  missingLayerBytes: z.number().int().describe("bytes of the layers that the node lacked: no less could go"),
  secondsBeyond: z
    .number()
    .optional()
    .describe("from command to results, beyond the notebook's own seconds; left out while it runs"),
});

/** A process on a controller that a run hangs on. */
export const launcherSchema = z.object({
  controller: z.string().describe("the controller's own name"),
  pid: z.number().int().positive().describe("number of the process"),
  birth: z.string().describe("tells it from a later process with the same number"),
});

/**
 * `results/RUN/metadata.json`: what ran where, with which code, packages, data and parameters, and how it ended. A runner adds
 * a key of its own by `extend`, or keys within these; nothing here has a default, so that what was read is what was written.
 */
export const runMetadataSchema = z.object({
  run: z.string().regex(runNameRule).describe("the run's name; its folder is `results/RUN/`"),
  runner: z.string().describe("what ran it: `training`, `notebook` or `python`"),
  key: sha256.describe("SHA-256 of code, environment, data and parameters: the same key is the same work"),
  status: runStatusSchema.describe("where it stands"),
  exit: exitSchema.optional().describe("how it ended; left out while it runs"),
  startedAt: z.iso.datetime().describe("ISO 8601, UTC"),
  finishedAt: z.iso.datetime().optional().describe("ISO 8601, UTC; left out while it runs"),
  seconds: z.number().optional().describe("from start to end; left out while it runs"),
  stack: z.string().regex(stackRule).describe("Pulumi stack whose nodes it used"),
  nodes: z.array(z.object({ name: name.describe("in the cluster file") })).describe("where it ran"),
  commit: z
    .object({
      hash: z.string().describe("commit of the project's folder"),
      isDirty: z.boolean().describe("whether tracked files differed from it"),
    })
    .optional()
    .describe("git's; left out where the folder is no repository"),
  code: z.object({ sha256: sha256.describe("SHA-256 over the files that were sent") }).describe("the code"),
  environment: environmentSchema.describe("the packages, and what holds them"),
  data: z.record(z.string(), dataSchema).describe("data sets that it could read"),
  parameters: z.record(z.string(), z.json()).describe("what it was given"),
  limits: limitsSchema.optional().describe("what it may use; left out where nothing limits it"),
  peakMemoryBytes: z
    .number()
    .int()
    .optional()
    .describe("the most memory it had at one time; of a training the rank with the most"),
  bound: boundSchema.optional().describe("how far it was from what is physically possible"),
  lastLines: z.array(z.string()).optional().describe("what it printed last, if it did not finish"),
  remote: z
    .object({
      node: name.describe("where it runs"),
      id: z.string().regex(runIdRule).describe("its name there"),
    })
    .optional()
    .describe("the way back to a run that goes on without us; left out once its results are here"),
  leftOut: stayingSchema
    .optional()
    .describe("what of its output could not come, and where it stays; left out where everything came"),
  logCutBytes: z
    .number()
    .int()
    .optional()
    .describe(
      "how much of what it printed first is not in execution.log, which its node had not kept; left out where nothing is missing",
    ),
  launcher: launcherSchema
    .optional()
    .describe("the process on the controller that brings it to its node; left out from then on"),
});
export type RunMetadata = z.infer<typeof runMetadataSchema>;

/** Whether that is the metadata of a run, whatever its runner has added. */
export function isRunMetadata(value: unknown): value is RunMetadata {
  return runMetadataSchema.safeParse(value).success;
}
