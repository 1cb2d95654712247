import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { packContext } from "../image/buildContext.ts";
import { countedStream } from "../image/countedStream.ts";
import { expectUv } from "./expectUv.ts";
import { environmentFolder, environmentScript, environmentSteps, unpackCodeScript } from "./nativeScript.ts";
import type { RunPlan } from "./planRun.ts";
import type { RunOptions } from "./runOptions.ts";

/** Brings a run's code and packages to its node for a run without a container. */
export async function prepareNative(
  { context, requirements, node: spec, at }: RunPlan,
  { print }: RunOptions,
  node: OpenNode,
): Promise<{ executor: string; python: string; wireBytes: number }> {
  const uv = expectUv(spec);
  const payload = countedStream(packContext(context));
  await node.run({ script: unpackCodeScript(at), payload: payload.stream });
  print("environment: made by uv where it is not there yet");
  const environment = async (sha256: string, steps: (typeof environmentSteps)["run" | "executor"]) => {
    const script = environmentScript(at, environmentFolder(sha256), uv, steps);
    return (await node.run({ script })).stdout.trim();
  };
  const executor = await environment(requirements.executorSha256, environmentSteps.executor);
  const python = await environment(requirements.sha256, environmentSteps.run);
  return { executor, python, wireBytes: payload.bytes() };
}
