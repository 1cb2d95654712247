import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { type BaseImage, getBaseImage } from "./baseImage.ts";
import { baseOnNode } from "./buildOnNode.ts";
import { chooseWay, type ImageWay } from "./chooseWay.ts";
import { dockerCan } from "./engine.ts";

/** How an image comes to be on its node, and of what it is made. */
export interface ImagePlan {
  way: ImageWay;
  /** Why that is not the usual way. */
  reason?: string;
  base: BaseImage;
}

/** What decides it. */
export interface ImageAsked {
  node: OpenNode;
  nodeFacts: { architecture: string; operatingSystem: string };
  baseImage: string;
  say: (line: string) => void;
}

/** Finds the way, and gets the base image where the image would be built. */
export async function planImage({ node, nodeFacts, baseImage, say }: ImageAsked): Promise<ImagePlan> {
  const hasEngine = await dockerCan(["version"]);
  const chosen = chooseWay({ ...nodeFacts, controllerArchitecture: process.arch, hasEngine });
  const isHere = chosen.way === "ship";
  return { ...chosen, base: await (isHere ? getBaseImage(baseImage, say) : baseOnNode(node, baseImage)) };
}
