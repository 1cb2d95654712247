import { execa } from "execa";
import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
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

/** The name of an image of ours in a registry. */
export function registryTag(port: number, key: string): string {
  return `127.0.0.1:${port}/minirack/notebook:${key}`;
}

/** The name of an image of ours on a node. */
export function nodeTag(key: string): string {
  return `minirack-notebook:${key}`;
}

/**
 * Brings an image from this controller to a node: pushed into the registry, which gets those layers that it lacks, then
 * pulled by the node through the SSH connection, which gets those that it lacks.
 */
export async function shipImage(node: OpenNode, registry: Registry, key: string): Promise<ShippedImage> {
  const { port } = registry;
  const forwarding = node.forwardIn(port);
  try {
    const [digest, forward] = await Promise.all([push(registryTag(port, key)), forwarding]);
    const name = `127.0.0.1:${forward.port}/minirack/notebook@${digest}`;
    const { stdout } = await node.run({ script: pullScript(name, key) });
    const missing = await missingBytes(port, forward.said());
    return {
      imageId: stdout.trim(),
      imageDigest: digest,
      wireBytes: forward.bytes(),
      missingLayerBytes: missing,
    };
  } finally {
    await forwarding.then(
      (forward) => forward.close(),
      () => {},
    );
  }
}

async function push(tag: string): Promise<string> {
  const { all } = await execa("docker", ["push", tag], { stdin: "ignore", reject: false, all: true });
  const [digest] = /sha256:[0-9a-f]{64}(?= size:)/.exec(all) ?? [];
  if (digest !== undefined) return digest;
  throw new Error(
    `docker push ${tag}: expected a digest, got ${all.split("\n").at(-1)}; look at Docker: docker info`,
  );
}

function pullScript(name: string, key: string): string {
  return [
    "set -eu",
    `${run("docker", "pull", "--quiet", name)} > /dev/null`,
    run("docker", "tag", name, nodeTag(key)),
    `${run("docker", "rmi", name)} > /dev/null`,
    run("docker", "image", "inspect", "--format", "{{.Id}}", nodeTag(key)),
    "",
  ].join("\n");
}

/** Sizes of those parts of an image that the node asked for, whatever form its manifest has. */
async function missingBytes(port: number, requests: string): Promise<number> {
  const blobs = new Set(
    [...requests.matchAll(/GET (\/v2\/\S+\/blobs\/sha256:[0-9a-f]{64})/g)].map(([, path]) => path),
  );
  const sizes = await Promise.all(
    [...blobs].map(async (path) => {
      const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, { method: "HEAD" });
      return Number(headers.get("content-length"));
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
