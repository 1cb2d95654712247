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
  nodes: { name: string; linkAddress?: Record<string, unknown> | undefined }[];
}

/** The names of the nodes that MPI is on. */
export function resolveMpi({ mpi, nodes }: MpiFile): Mpi | undefined {
  const linked = nodes.filter(({ linkAddress }) => linkAddress !== undefined).map(({ name }) => name);
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

/** MPI talks over links: without two of them there is nothing to run on. */
export function expectMpiNodes(file: MpiFile, context: z.RefinementCtx): void {
  const wrong = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path: ["mpi", ...path], message });
  const mpi = resolveMpi(file);
  if (mpi === undefined) return;
  mpi.nodes.forEach((name, index) => {
    const node = file.nodes.find((one) => one.name === name);
    if (node === undefined) wrong(["nodes", index], `expected a node's name, got "${name}"; correct it`);
    else if (node.linkAddress === undefined)
      wrong(
        ["nodes", index],
        `expected a node with a linkAddress, got "${name}"; give it one or leave it out`,
      );
  });
  if (new Set(mpi.nodes).size < 2)
    wrong([], `expected two nodes with a linkAddress, got ${mpi.nodes.length}; give the others one`);
  expectOneInterface(mpi, file, wrong);
}

/** mpiexec takes one name for all. */
function expectOneInterface(
  mpi: Mpi,
  { nodes }: MpiFile,
  wrong: (path: string[], message: string) => void,
): void {
  const own = nodes.filter(({ name }) => mpi.nodes.includes(name));
  const ends = own.flatMap(({ name, linkAddress = {} }) =>
    Object.keys(linkAddress)
      .slice(0, 1)
      .map((link) => ({ name, link })),
  );
  if (new Set(ends.map(({ link }) => link)).size <= 1) return;
  const found = ends.map(({ name, link }) => `${name}: ${link}`).join(", ");
  wrong([], `expected one interface name on all its nodes, got ${found}; name the interfaces alike`);
}
