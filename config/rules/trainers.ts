import { nearestNames } from "../nearestNames.ts";
import { listed } from "../problems/foundText.ts";
import type { ClusterRule, SoundCluster, SoundNode } from "./clusterRule.ts";

/** Training needs nodes of its role, and its Python environment on each of them. */
export const trainers: ClusterRule = {
  needsWhole: true,
  check(cluster, tell) {
    const { training, nodes } = cluster;
    if (training === undefined) return;
    const { role, environment } = training;
    const own = nodes.filter((node) => node.role === role && node.os === "linux");
    if (!own.some(({ linkAddress }) => linkAddress !== undefined)) {
      const text = `expected a ${role} with a linkAddress, got none; give a node that role and a linkAddress`;
      tell(["training", "role"], text);
    }
    const lacking = own.filter((node) => !environmentsOf(node, cluster).includes(environment));
    const [first] = lacking;
    if (first === undefined) return;
    const [nearest] = nearestNames(environment, environmentsOf(first, cluster), 1);
    const remedy = nearest ? `write ${nearest}` : "add it to pythonEnvironment";
    const names = listed(lacking.flatMap(({ name }) => name ?? []));
    const text = `expected a Python environment of each ${role}, got "${environment}", which is not on ${names}; ${remedy}`;
    tell(["training", "environment"], text);
  },
};

function environmentsOf({ pythonEnvironment, without = [] }: SoundNode, cluster: SoundCluster): string[] {
  const shared = without.includes("pythonEnvironment") ? {} : cluster.pythonEnvironment;
  return Object.keys({ ...shared, ...pythonEnvironment });
}
