import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { runKey } from "../../runs/runKey.ts";
import { bytesText } from "../run/quantities.ts";
import type { BuildContext } from "./buildContext.ts";
import { buildImage } from "./buildImage.ts";
import { buildOnNode } from "./buildOnNode.ts";
import type { ImagePlan } from "./planImage.ts";
import { pruneImages } from "./pruneImages.ts";
import { startRegistry } from "./registry.ts";
import { nodeTag, type ShippedImage, shipImage } from "./shipImage.ts";

/** An image that a run needs, and where. */
export interface ImageWanted {
  root: string;
  stack: string;
  context: BuildContext;
  plan: ImagePlan;
  node: OpenNode;
  say: (line: string) => void;
}

/** Sees that a run's image is on its node: found there, shipped, or built there. */
export async function prepareImage(wanted: ImageWanted): Promise<ShippedImage> {
  const { root, stack, context, plan, node, say } = wanted;
  const { way, reason, base } = plan;
  const key = runKey({ context: context.sha256, baseImage: base.described }).slice(0, 20);
  const imageId = await idOnNode(node, key);
  if (imageId !== undefined) return { imageId, imageDigest: imageId, wireBytes: 0, missingLayerBytes: 0 };
  if (way === "buildOnNode") {
    say(`image: built on the node: ${reason}`);
    return await buildOnNode(node, context, { base, key, stack });
  }
  const shipped = await buildAndShip(wanted, key);
  say(`image: ${bytesText(shipped.wireBytes)} sent`);
  await pruneImages(root);
  return shipped;
}

async function buildAndShip({ stack, context, plan, node, say }: ImageWanted, key: string) {
  const starting = startRegistry(say);
  try {
    const build = buildImage({ context, base: plan.base, tag: nodeTag(key), stack, say });
    const [registry] = await Promise.all([starting, build]);
    say("image: the node is sent what it lacks");
    return await shipImage(node, registry, key);
  } finally {
    await starting.then(
      (registry) => registry.close(),
      () => {},
    );
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
