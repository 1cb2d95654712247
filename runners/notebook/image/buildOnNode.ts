import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { type BuildContext, packContext } from "./buildContext.ts";
import { countedStream } from "./countedStream.ts";
import { nodeTag, type ShippedImage } from "./shipImage.ts";

/** Builds an image by the node's own engine, which gets packages from where it pulls and pip looks. Code alone is sent. */
export async function buildOnNode(
  node: OpenNode,
  context: BuildContext,
  { baseImage, key, stack }: { baseImage: string; key: string; stack: string },
): Promise<ShippedImage> {
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
