import { nearestNames } from "../nearestNames.ts";
import { hasDocker, resolveNotebook } from "../notebook.ts";
import type { ClusterRule, SoundCluster } from "./clusterRule.ts";

/** Notebooks run in containers: every node that runs them has Docker. */
export const notebookNodes: ClusterRule = {
  needsWhole: true,
  check(cluster, tell) {
    const { notebook } = cluster;
    if (notebook === undefined) return;
    if (resolveNotebook(cluster)?.nodes.length === 0) {
      tell(["notebook"], "expected a node with Docker, got none; write docker: {} at a node or above nodes");
    }
    notebook.nodes?.forEach((name, index) => {
      const text = problemOf(name, cluster) ?? repeated(notebook.nodes ?? [], index);
      if (text !== undefined) tell(["notebook", "nodes", index], text);
    });
  },
};

function problemOf(name: string, { nodes, docker }: SoundCluster): string | undefined {
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) {
    const names = nodes.flatMap((one) => one.name ?? []);
    const [nearest] = nearestNames(name, names, 1);
    return `expected a node's name, got "${name}"; ${nearest ? `write ${nearest}` : "correct it"}`;
  }
  if (hasDocker(node, docker)) return undefined;
  return `expected a node with Docker, got "${name}"; write docker: {} there or leave it out`;
}

function repeated(names: string[], index: number): string | undefined {
  const name = names[index];
  if (name === undefined || names.indexOf(name) === index) return undefined;
  return `expected each node once, got "${name}" twice; remove one`;
}
