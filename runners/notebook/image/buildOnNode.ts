import { run } from "../../../provider/shell/command.ts";
import { lastLines, NodeError } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { type BaseImage, describedImage, inspectFormat } from "./baseImage.ts";
import { type BuildContext, packContext } from "./buildContext.ts";
import { countedStream } from "./countedStream.ts";
import { nodeTag, type ShippedImage } from "./shipImage.ts";

/** Builds an image by the node's own engine, which gets packages from where pip looks there. Code alone is sent. */
export async function buildOnNode(
  node: OpenNode,
  context: BuildContext,
  { base, key, stack }: { base: BaseImage; key: string; stack: string },
): Promise<ShippedImage> {
  const payload = countedStream(packContext(context));
  const given = [`BASE=${base.name}`, `STACK=${stack}`].flatMap((one) => ["--build-arg", one]);
  const script = [
    "set -eu",
    `${run("docker", "build", "--force-rm", "--tag", nodeTag(key), ...given, "-")} >&2`,
    run("docker", "image", "inspect", "--format", "{{.Id}}", nodeTag(key)),
  ].join("; ");
  const { stdout } = await node.run({ script, payload: payload.stream });
  const wireBytes = payload.bytes();
  return { imageId: stdout.trim(), imageDigest: stdout.trim(), wireBytes, missingLayerBytes: wireBytes };
}

/**
 * A base image as the node's engine has it, pulled where it has none.
 *
 * @throws NodeError when it is not there and cannot be pulled
 */
export async function baseOnNode(node: OpenNode, baseImage: string): Promise<BaseImage> {
  const inspect = run("docker", "image", "inspect", "--format", inspectFormat, baseImage);
  const pull = `said=$(${run("docker", "pull", "--quiet", baseImage)} 2>&1)`;
  const script = `${inspect} 2> /dev/null || { ${pull} && ${inspect}; } || printf 'refusal %s\\n' "$said"\n`;
  const { stdout } = await node.run({ script });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (/^sha256:\S+ \S+\/\S+/.test(last))
    return { name: baseImage, described: describedImage(baseImage, last) };
  throw new NodeError({
    node: node.name,
    subject: `base image ${baseImage}`,
    expected: "it there or where its Docker pulls from",
    found: lastLines(stdout.slice(stdout.indexOf("refusal") + "refusal ".length), 1),
    remedy: "load it there (docker load), or name another one as notebook.baseImage in the cluster file",
  });
}
