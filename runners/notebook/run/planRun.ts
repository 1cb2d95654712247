import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { gitCommit } from "../../runs/gitCommit.ts";
import { type Ingredient, runKey } from "../../runs/runKey.ts";
import { expectRunName, withTimestamp } from "../../runs/runName.ts";
import { type BuildContext, buildContext } from "../image/buildContext.ts";
import { codeOf } from "../image/codeFiles.ts";
import { type ImagePlan, planImage } from "../image/planImage.ts";
import { type Requirements, requirementsOf } from "../image/requirements.ts";
import type { NotebookNode, NotebookOutputs } from "../notebookOutputs.ts";
import { expectUv } from "./expectUv.ts";
import { type InputRuns, inputRuns } from "./inputRuns.ts";
import { type NodeFacts, nodeFacts } from "./nodeFacts.ts";
import { type NodeRun, nodeRun } from "./nodeRun.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import type { RunOptions } from "./runOptions.ts";

/** A run that could start: everything is known, nothing was sent. */
export interface RunPlan {
  file: string;
  node: NotebookNode;
  inputs: InputRuns;
  /** What the run's code and packages are, as the key has them. */
  context: BuildContext;
  requirements: Requirements;
  /** Of a run in a container. */
  image: ImagePlan | undefined;
  at: NodeRun;
  /** The folder that holds one folder per run. */
  results: string;
  /** As it is kept when the run's name is claimed. */
  metadata: NotebookMetadata;
}

/** What is known before a node is asked. */
export interface PlanStart {
  options: RunOptions;
  file: string;
  node: NotebookNode;
  outputs: NotebookOutputs;
}

/**
 * Puts together what would run where, and its key.
 *
 * @throws Error for each thing that would have to fail later: a bad name, no earlier run, no engine, no room, no data
 */
export async function planRun({ options, file, node, outputs }: PlanStart, open: OpenNode): Promise<RunPlan> {
  const { root, isNative } = options;
  if (isNative) expectUv(node);
  const startedAt = new Date();
  const run = options.isTimestamped ? withTimestamp(options.run, startedAt) : expectRunName(options.run);
  const results = join(root, "results");
  const inputs = inputRuns(results, options.inputs);
  const code = codeOf(root, file);
  const requirements = requirementsOf(root);
  const [facts, commit] = await Promise.all([nodeFacts(open, node), gitCommit(root)]);
  const { baseImage } = outputs;
  const asked = { node: open, nodeFacts: facts, baseImage, say: options.print };
  const image = isNative ? undefined : await planImage(asked);
  const work = {
    code: { sha256: code.sha256 },
    environment: {
      requirementsSha256: requirements.sha256,
      ...(image && { baseImage: image.base.described, insteadOf: image.base.insteadOf }),
    },
    data: dataOf(node, facts),
    parameters: options.parameters,
  };
  const metadata: NotebookMetadata = {
    run,
    runner: options.kind,
    key: keyOf(work, { file, inputs: inputs.digests, kind: options.kind, isNative }),
    status: "running",
    startedAt: startedAt.toISOString(),
    stack: options.stack,
    nodes: [{ name: node.name }],
    commit,
    ...work,
    limits: options.limits,
    notebook: { file, isNative },
  };
  return {
    ...{ file, node, inputs, results, metadata },
    context: buildContext(code, requirements),
    ...{ requirements, image },
    at: nodeRun(node.runsFolder, `${run}-${randomBytes(4).toString("hex")}`, isNative),
  };
}

/** What a run can read on its node: a data set that we did not bring has the digest that the node told. */
function dataOf({ data }: NotebookNode, { dataDigests }: NodeFacts): NotebookMetadata["data"] {
  const entries = Object.entries(data).map(([name, { path, digest }]) => [
    name,
    { path, digest: digest ?? dataDigests[name] },
  ]);
  return Object.fromEntries(entries);
}

type Work = Pick<NotebookMetadata, "code" | "environment" | "data" | "parameters">;

function keyOf(
  { code, environment, data, parameters }: Work,
  others: { [name: string]: Ingredient },
): string {
  const digests = Object.entries(data).map(([name, { digest }]) => [name, digest ?? null]);
  return runKey({ code: code.sha256, environment, data: Object.fromEntries(digests), parameters, ...others });
}
