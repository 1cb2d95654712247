import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { buildContext, packContext, requirementFiles } from "../image/buildContext.ts";
import { codeOf } from "../image/codeFiles.ts";
import { countedStream } from "../image/countedStream.ts";
import { requirementsOf } from "../image/requirements.ts";
import { environmentFolder, environmentScript, unpackCodeScript } from "./nativeScript.ts";
import type { RunPlan } from "./planRun.ts";
import type { RunOptions } from "./runOptions.ts";

/** Brings a run's code and packages to its node for a run without a container. */
export async function prepareNative(
  { file, node: spec, at }: RunPlan,
  { root, print }: RunOptions,
  node: OpenNode,
): Promise<{ python: string; wireBytes: number }> {
  if (spec.uv === undefined) {
    throw new Error(
      `--native: expected uv on ${spec.name}, got none; set notebook.isNative: true in the cluster file, then npx pulumi up`,
    );
  }
  const requirements = requirementsOf(root);
  const payload = countedStream(packContext(buildContext(codeOf(root, file), requirements)));
  await node.run({ script: unpackCodeScript(at), payload: payload.stream });
  const environment = environmentFolder(requirements.sha256);
  print("environment: made by uv where it is not there yet");
  const { stdout } = await node.run({
    script: environmentScript(at, environment, spec.uv, requirementFiles),
  });
  return { python: stdout.trim(), wireBytes: payload.bytes() };
}
