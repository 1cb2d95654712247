import { resolveMpi } from "../mpi.ts";
import type { ClusterRule, SoundNode, Tell } from "./clusterRule.ts";
import { repeatedName, unknownName } from "./givenNames.ts";

/** A node that is named twice would have its processes twice. */
export const mpiOnce: ClusterRule = {
  needsWhole: false,
  check({ mpi }, tell) {
    mpi?.nodes?.forEach((_, index, all) => {
      const text = repeatedName(all, index);
      if (text !== undefined) tell(["mpi", "nodes", index], text);
    });
  },
};

/** MPI talks over links: without two of them there is nothing to run on. */
export const mpiNodes: ClusterRule = {
  needsWhole: true,
  check({ mpi: wanted, nodes }, tell) {
    const mpi = resolveMpi({ mpi: wanted, nodes });
    if (mpi === undefined) return;
    mpi.nodes.forEach((name, index) => {
      expectLinked(name, ["mpi", "nodes", index], nodes, tell);
    });
    const count = new Set(mpi.nodes).size;
    if (count < 2) tell(["mpi"], `expected two nodes with a linkAddress, got ${count}; give the others one`);
    expectOneInterface(
      nodes.filter(({ name = "" }) => mpi.nodes.includes(name)),
      tell,
    );
  },
};

function expectLinked(name: string, path: PropertyKey[], nodes: SoundNode[], tell: Tell): void {
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) tell(path, unknownName(name, nodes));
  else if (node.linkAddress === undefined)
    tell(path, `expected a node with a linkAddress, got "${name}"; give it one or leave it out`);
}

/** mpiexec takes one name for all. */
function expectOneInterface(nodes: SoundNode[], tell: Tell): void {
  const ends = nodes.flatMap(({ name, linkAddress = {} }) =>
    Object.keys(linkAddress)
      .slice(0, 1)
      .map((link) => ({ name, link })),
  );
  if (new Set(ends.map(({ link }) => link)).size <= 1) return;
  const found = ends.map(({ name, link }) => `${name}: ${link}`).join(", ");
  tell(["mpi"], `expected one interface name on all its nodes, got ${found}; name the interfaces alike`);
}
