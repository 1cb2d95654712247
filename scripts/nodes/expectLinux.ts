import type { ClusterNode } from "../../config/cluster.ts";

/** @throws Error for a node with macOS, which a command does not know yet */
export function expectLinux({ name, os }: Pick<ClusterNode, "name" | "os">, command: string): void {
  if (os === "linux") return;
  throw new Error(
    `node ${name}: expected linux, got os: ${os}, which ${command} does not know yet; leave it out by --node`,
  );
}
