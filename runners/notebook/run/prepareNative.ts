import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { packContext } from "../image/buildContext.ts";
import { countedStream } from "../image/countedStream.ts";
import { requirementFiles } from "../image/requirements.ts";
import { expectUv } from "./expectUv.ts";
import { environmentFolder, environmentScript, unpackCodeScript } from "./nativeScript.ts";
import type { RunPlan } from "./planRun.ts";
import type { RunOptions } from "./runOptions.ts";

/** Brings a run's code and packages to its node for a run without a container. */
export async function prepareNative(
  { context, requirementsSha256, node: spec, at }: RunPlan,
  { print }: RunOptions,
  node: OpenNode,
): Promise<{ python: string; wireBytes: number }> {
  const uv = expectUv(spec);
  const payload = countedStream(packContext(context));
  await node.run({ script: unpackCodeScript(at), payload: payload.stream });
  const environment = environmentFolder(requirementsSha256);
  print("environment: made by uv where it is not there yet");
  const { stdout } = await node.run({
    script: environmentScript(at, environment, uv, requirementFiles),
  });
  return { python: stdout.trim(), wireBytes: payload.bytes() };
}
