import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { runKey } from "../../runs/runKey.ts";
import { bytesText } from "../run/quantities.ts";
import type { BuildContext } from "./buildContext.ts";
import { buildImage } from "./buildImage.ts";
import { buildOnNode } from "./buildOnNode.ts";
import { chooseWay } from "./chooseWay.ts";
import { docker, dockerCan } from "./engine.ts";
import { pruneImages } from "./pruneImages.ts";
import { startRegistry } from "./registry.ts";
import { nodeTag, registryTag, type ShippedImage, shipImage } from "./shipImage.ts";

/** An image that a run needs, and where. */
export interface ImageWanted {
  root: string;
  stack: string;
  context: BuildContext;
  baseImage: string;
  node: OpenNode;
  nodeFacts: { architecture: string; operatingSystem: string };
  say: (line: string) => void;
}

/** Sees that a run's image is on its node: found there, shipped, or built there. */
export async function prepareImage(wanted: ImageWanted): Promise<ShippedImage> {
  const { root, stack, context, baseImage, node, say } = wanted;
  const key = runKey({ context: context.sha256, baseImage }).slice(0, 20);
  const [imageId, hasEngine] = await Promise.all([idOnNode(node, key), dockerCan(["version"])]);
  if (imageId !== undefined) return { imageId, imageDigest: imageId, wireBytes: 0, missingLayerBytes: 0 };
  const { way, reason } = chooseWay({ ...wanted.nodeFacts, controllerArchitecture: process.arch, hasEngine });
  if (way === "buildOnNode") {
    say(`image: built on the node: ${reason}`);
    return await buildOnNode(node, context, { baseImage, key, stack });
  }
  const shipped = await buildAndShip(wanted, key);
  say(`image: ${bytesText(shipped.wireBytes)} sent`);
  await pruneImages(root);
  return shipped;
}

async function buildAndShip(wanted: ImageWanted, key: string): Promise<ShippedImage> {
  const { stack, context, baseImage, node, say } = wanted;
  const registry = await startRegistry(say);
  const tag = registryTag(registry.port, key);
  try {
    const build = buildImage({ context, baseImage, tag, stack, say });
    await Promise.all([build, registry.ready]);
    say("image: the node is sent what it lacks");
    return await shipImage(node, registry, key);
  } finally {
    await Promise.all([registry.close(), forget(tag)]);
  }
}

/** Naming it again is what tells the node's timer that it was used today (node/prune.sh). */
async function idOnNode(node: OpenNode, key: string): Promise<string | undefined> {
  const tag = nodeTag(key);
  const named = `${run("docker", "tag", tag, tag)} 2> /dev/null`;
  const inspect = run("docker", "image", "inspect", "--format", "{{.Id}}", tag);
  const { stdout } = await node.run({ script: `if ${named}; then ${inspect}; fi\n` });
  return stdout.trim() === "" ? undefined : stdout.trim();
}

/** Names with the ports of registries that are no more would pile up. */
async function forget(tag: string): Promise<void> {
  const key = tag.slice(tag.lastIndexOf(":") + 1);
  if (await dockerCan(["tag", tag, nodeTag(key)])) await docker(["rmi", tag]);
}
