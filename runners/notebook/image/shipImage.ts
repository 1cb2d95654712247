import { execa } from "execa";
import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { dockerWith, dockerWithScript, type Login } from "./dockerLogin.ts";
import { docker, dockerCan } from "./engine.ts";
import { openImageDoor } from "./imageDoor.ts";
import type { Registry } from "./registry.ts";

/** An image that is on its node. */
export interface ShippedImage {
  imageId: string;
  imageDigest: string;
  /** What passed between node and controller, both ways. */
  wireBytes: number;
  /** Sizes of the layers that the node had to get, as they are in the registry. */
  missingLayerBytes: number;
}

const repository = "minirack/notebook";

/** The name of an image of ours, here and on a node. */
export function nodeTag(key: string): string {
  return `minirack-notebook:${key}`;
}

/**
 * Brings an image from this controller to a node: pushed into the registry, which gets those layers that it lacks, then
 * pulled by the node through the SSH connection, which gets those that it lacks.
 */
export async function shipImage(node: OpenNode, registry: Registry, key: string): Promise<ShippedImage> {
  const digest = await push(registry, key);
  const { url, authorization } = registry;
  const door = await openImageDoor({ url, authorization, repository, digest });
  try {
    const forward = await node.forwardIn(door.port);
    try {
      const login = { address: `127.0.0.1:${forward.port}`, password: door.password };
      const { stdout } = await node.run({ script: pullScript(login, digest, key) });
      const [wireBytes, missingLayerBytes] = [forward.bytes(), door.givenBytes()];
      return { imageId: stdout.trim(), imageDigest: digest, wireBytes, missingLayerBytes };
    } finally {
      await forward.close();
    }
  } finally {
    await door.close();
  }
}

/** The name with the registry's port goes again: those of registries that are no more would pile up. */
async function push({ login }: Registry, key: string): Promise<string> {
  const tag = `${login.address}/${repository}:${key}`;
  await docker(["tag", nodeTag(key), tag]);
  try {
    const pushing = { stdin: "ignore", reject: false, all: true } as const;
    const { all } = await dockerWith(login, (options) => execa("docker", [...options, "push", tag], pushing));
    const [digest] = /sha256:[0-9a-f]{64}(?= size:)/.exec(all) ?? [];
    if (digest !== undefined) return digest;
    throw new Error(
      `docker push ${tag}: expected a digest, got ${all.split("\n").at(-1)}; look at Docker: docker info`,
    );
  } finally {
    await dockerCan(["rmi", tag]);
  }
}

function pullScript(login: Login, digest: string, key: string): string {
  const name = `${login.address}/${repository}@${digest}`;
  return [
    "set -eu",
    dockerWithScript(login),
    `"$@" ${run("pull", "--quiet", name)} > /dev/null`,
    run("docker", "tag", name, nodeTag(key)),
    `${run("docker", "rmi", name)} > /dev/null`,
    run("docker", "image", "inspect", "--format", "{{.Id}}", nodeTag(key)),
    "",
  ].join("\n");
}
