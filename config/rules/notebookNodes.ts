import { hasDocker, resolveNotebook } from "../notebook.ts";
import type { ClusterRule, SoundCluster } from "./clusterRule.ts";
import { repeatedName, unknownName } from "./givenNames.ts";

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
      const text = problemOf(name, cluster) ?? repeatedName(notebook.nodes ?? [], index);
      if (text !== undefined) tell(["notebook", "nodes", index], text);
    });
  },
};

function problemOf(name: string, { nodes, docker }: SoundCluster): string | undefined {
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) return unknownName(name, nodes);
  if (node.os === "macos")
    return `expected a linux node, got "${name}", which is macos: notebooks there come later; leave it out`;
  if (hasDocker(node, docker)) return undefined;
  return `expected a node with Docker, got "${name}"; write docker: {} there or leave it out`;
}
