import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import { prepareImage } from "../image/prepareImage.ts";
import { startContainerScript } from "./containerScript.ts";
import { executorArguments } from "./executorArguments.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import type { RunPlan } from "./planRun.ts";
import type { RunOptions } from "./runOptions.ts";

const places = { output: "/output", parametersFile: "/run/minirack/parameters.json" };

/**
 * Brings image and inputs to the node and starts the run, which goes on there by itself.
 *
 * @returns the run's metadata, kept in its folder, with what the transfer took
 */
export async function startRun(plan: RunPlan, options: RunOptions, node: OpenNode, folder: string): Promise<NotebookMetadata> {
  const { root, stack, kind, print } = options;
  const { file, facts } = plan;
  const { baseImage } = plan.metadata.environment;
  await sendInputs(plan, node);
  const image = await prepareImage({ root, stack, kind, file, node, nodeFacts: facts, baseImage: baseImage ?? "", say: print });
  const { imageId, imageDigest, wireBytes, missingLayerBytes } = image;
  const data = Object.fromEntries(Object.entries(plan.metadata.data).map(([name, { path }]) => [name, path]));
  const script = startContainerScript({
    ...plan.at,
    stack,
    run: plan.metadata.run,
    imageId,
    limits: options.limits,
    data,
    arguments: executorArguments(options, file, places),
    parameters: JSON.stringify(options.parameters),
  });
  const metadata = {
    ...plan.metadata,
    environment: { ...plan.metadata.environment, imageId, imageDigest, baseImage: image.baseImage },
    bound: { wireBytes, missingLayerBytes },
    remote: { node: plan.node.name, id: plan.at.id },
  };
  options.signal?.throwIfAborted();
  await keepMetadata(folder, metadata); // before it starts: killed in between, we find the way back
  await node.run({ script });
  return metadata;
}

async function sendInputs({ at, inputs }: RunPlan, node: OpenNode): Promise<void> {
  if (inputs.archive === undefined) return;
  const script = `set -eu; umask 077; mkdir -p ${at.folder}/input; tar -xzf - -C ${at.folder}/input`;
  await node.run({ script, payload: inputs.archive() });
}
