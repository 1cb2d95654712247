import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { stringifyExact } from "../../runs/exactNumbers.ts";
import { startScript } from "../../runs/onNode/startScript.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import type { ImagePlan } from "../image/planImage.ts";
import { prepareImage } from "../image/prepareImage.ts";
import { containerPython, startContainerScript } from "./containerScript.ts";
import { executorArguments, type RunPlaces } from "./executorArguments.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import type { RunPlan } from "./planRun.ts";
import { prepareNative } from "./prepareNative.ts";
import { startProcessScript } from "./processScript.ts";
import type { RunOptions } from "./runOptions.ts";

/** What brought a run's code and packages to its node, and what starts it there. */
interface Prepared {
  metadata: NotebookMetadata;
  script: string;
}

/**
 * Brings code, packages and inputs to the node and starts the run, which goes on there by itself.
 *
 * @returns the run's metadata, kept in its folder, with what the transfer took
 */
export async function startRun(
  plan: RunPlan,
  options: RunOptions,
  node: OpenNode,
  folder: string,
): Promise<NotebookMetadata> {
  const [prepared] = await Promise.all([
    plan.image === undefined
      ? nativeStart(plan, options, node)
      : containerStart(plan, plan.image, options, node),
    sendInputs(plan, node),
  ]);
  const metadata = { ...prepared.metadata, remote: { node: plan.node.name, id: plan.at.id } };
  options.signal?.throwIfAborted();
  await keepMetadata(folder, metadata); // before it starts: killed in between, we find the way back
  await startScript(node, prepared.script);
  return metadata;
}

async function containerStart(
  plan: RunPlan,
  imagePlan: ImagePlan,
  options: RunOptions,
  node: OpenNode,
): Promise<Prepared> {
  const { root, stack, print } = options;
  const { context, metadata } = plan;
  const image = await prepareImage({ root, stack, context, plan: imagePlan, node, say: print });
  const { imageId, imageDigest, wireBytes, missingLayerBytes } = image;
  const parametersFile = "/run/minirack/parameters.json";
  const places = { python: containerPython.run, output: "/output", parametersFile };
  return {
    metadata: {
      ...metadata,
      environment: { ...metadata.environment, imageId, imageDigest },
      bound: { wireBytes, missingLayerBytes },
    },
    script: startContainerScript({ ...startOf(plan, options, places), stack, run: metadata.run, imageId }),
  };
}

async function nativeStart(plan: RunPlan, options: RunOptions, node: OpenNode): Promise<Prepared> {
  const { at, metadata } = plan;
  const { executor, python, wireBytes } = await prepareNative(plan, options, node);
  const places = { python, output: `${at.folder}/output`, parametersFile: `${at.folder}/parameters.json` };
  return {
    metadata: { ...metadata, bound: { wireBytes, missingLayerBytes: wireBytes } },
    script: startProcessScript({ ...startOf(plan, options, places), executor, python }),
  };
}

function startOf({ at, file, metadata }: RunPlan, options: RunOptions, places: RunPlaces) {
  return {
    ...at,
    limits: options.limits,
    data: Object.fromEntries(Object.entries(metadata.data).map(([name, { path }]) => [name, path])),
    arguments: executorArguments(options, file, places),
    parameters: stringifyExact(options.parameters),
  };
}

async function sendInputs({ at, inputs }: RunPlan, node: OpenNode): Promise<void> {
  if (inputs.archive === undefined) return;
  const folder = `${at.folder}/input`;
  const unpack = `${run("mkdir", "-p", folder)}; exec ${run("tar", "-xzf", "-", "-C", folder)}`;
  await node.run({ script: `set -eu; umask 077; ${unpack}`, payload: inputs.archive() });
}
