import { run } from "../../../provider/shell/command.ts";
import { lastLines, NodeError } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { type BuildContext, packContext } from "./buildContext.ts";
import { countedStream } from "./countedStream.ts";
import { nodeTag, type ShippedImage } from "./shipImage.ts";

/**
 * Builds an image by the node's own engine, which gets packages from where it pulls and pip looks. Code alone is sent.
 *
 * @throws NodeError when the base image is not there and cannot be pulled, or the build fails
 */
export async function buildOnNode(
  node: OpenNode,
  context: BuildContext,
  { baseImage, key, stack }: { baseImage: string; key: string; stack: string },
): Promise<ShippedImage> {
  await getBaseImage(node, baseImage);
  const payload = countedStream(packContext(context));
  const given = [`BASE=${baseImage}`, `STACK=${stack}`].flatMap((one) => ["--build-arg", one]);
  const script = [
    "set -eu",
    `${run("docker", "build", "--force-rm", "--tag", nodeTag(key), ...given, "-")} >&2`,
    run("docker", "image", "inspect", "--format", "{{.Id}}", nodeTag(key)),
  ].join("; ");
  const { stdout } = await node.run({ script, payload: payload.stream });
  const wireBytes = payload.bytes();
  return { imageId: stdout.trim(), imageDigest: stdout.trim(), wireBytes, missingLayerBytes: wireBytes };
}

/** Asked before anything is sent: the engine's own words for a build without it name neither the node nor what to do. */
async function getBaseImage(node: OpenNode, baseImage: string): Promise<void> {
  const inspect = `${run("docker", "image", "inspect", baseImage)} > /dev/null 2>&1`;
  const pull = `said=$(${run("docker", "pull", "--quiet", baseImage)} 2>&1)`;
  const { stdout } = await node.run({ script: `${inspect} || ${pull} || printf '%s\\n' "$said"\n` });
  if (stdout.trim() === "") return;
  throw new NodeError({
    node: node.name,
    subject: `base image ${baseImage}`,
    expected: "it there or where its Docker pulls from",
    found: lastLines(stdout, 1),
    remedy: "load it there (docker load), or name another one as notebook.baseImage in the cluster file",
  });
}
