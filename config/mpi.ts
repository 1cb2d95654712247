import { z } from "zod";
import { installed, mapValues, rootFile, type SettingValues } from "./features/feature.ts";
import { mpiFiles } from "./mpiFiles.ts";

/** MPI across the nodes that have a link, as a person writes it. */
export const mpiRule = z.strictObject({
  implementation: z.enum(["mpich", "openmpi"]).default("openmpi").describe("which one, of Debian's packages"),
  nodes: z.array(z.string()).optional().describe("names of its nodes; all with a linkAddress when left out"),
  slots: z.int().min(1).default(1).describe("processes that a node is given before the next one is"),
  trigger: z.string().optional().describe("another text runs the exchange across the nodes again"),
});

/** MPI of a cluster, with its nodes' names and their link addresses in the same order. */
export interface Mpi extends Omit<z.output<typeof mpiRule>, "nodes"> {
  nodes: string[];
  addresses: string[];
  /** Name of the links' interface, the same on all. */
  interface: string;
}

interface MpiFile {
  mpi?: z.output<typeof mpiRule> | undefined;
  nodes: { name?: string | undefined; linkAddress?: Record<string, unknown> | undefined }[];
}

/** The names of the nodes that MPI is on. */
export function resolveMpi({ mpi, nodes }: MpiFile): Mpi | undefined {
  const linked = nodes
    .filter(({ linkAddress }) => linkAddress !== undefined)
    .flatMap(({ name }) => name ?? []);
  if (mpi === undefined) return undefined;
  const names = mpi.nodes ?? linked;
  const links = names.flatMap((name) => {
    const { linkAddress = {} } = nodes.find((node) => node.name === name) ?? {};
    return Object.entries(linkAddress).slice(0, 1);
  });
  const addresses = links.map(([, address]) => String(address).split("/")[0] ?? "");
  return { ...mpi, nodes: names, addresses, interface: links[0]?.[0] ?? "" };
}

/** What MPI wants of each of its nodes. Both implementations can be there: the one that was asked for is named in full. */
export function mpiSettings(mpi: Mpi): SettingValues {
  return {
    packages: installed(mpi.implementation === "mpich" ? "mpich" : "openmpi-bin", "python3"), // python3 runs the exchange
    files: mapValues(mpiFiles(mpi), rootFile),
  };
}
