import { peersConfigFile } from "../provider/settings/peers.ts";
import { sourceFile } from "../provider/shell/sourceFile.ts";

/** Implementations of MPI that Debian has. */
export type MpiImplementation = "mpich" | "openmpi";

/** What the files are made for. */
export interface MpiWanted {
  implementation: MpiImplementation;
  /** Link addresses of all nodes, the same order on each. */
  addresses: string[];
  /** Name of the links' interface. */
  interface: string;
  slots: number;
}

const hostfile = "/etc/minirack/mpi/hostfile";
/** What a shell sources before `mpiexec`. */
export const mpiEnvironment = "/etc/minirack/mpi/environment";
/** The program that proves that processes on all nodes exchange messages. */
export const mpiExchange = "/opt/minirack/mpi/exchange.py";
/** The one of the two that was asked for, whatever else is installed. */
export const mpiexec = { mpich: "mpiexec.mpich", openmpi: "mpiexec.openmpi" } as const;

/** The file of the peers alone, whatever a user's own or the node's says of ssh; a dead node is noticed. */
export const peerSsh = `-F ${peersConfigFile} -o BatchMode=yes -o ServerAliveInterval=15 -o ServerAliveCountMax=3`;

/** Path → content of what MPI needs on each of its nodes. */
export function mpiFiles(wanted: MpiWanted): Record<string, string> {
  const lines = wanted.addresses.map((address) => hostLine(wanted, address));
  return {
    [hostfile]: `${lines.join("\n")}\n`,
    [mpiEnvironment]: environmentText(wanted),
    [mpiExchange]: sourceFile("provider/mpi/exchange.py"),
  };
}

function hostLine({ implementation, slots }: MpiWanted, address: string): string {
  return implementation === "mpich" ? `${address}:${slots}` : `${address} slots=${slots}`;
}

/** MPI's own choice of interface is not mpiexec's: both are told, and each library by its own variable. */
function environmentText(wanted: MpiWanted): string {
  const { implementation, interface: link } = wanted;
  const variables = implementation === "mpich" ? mpichVariables(link) : openmpiVariables(link);
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  return `# minirack: sourced by a shell, so that mpiexec runs over the links: . ${mpiEnvironment}\n${lines.join("")}`;
}

function mpichVariables(link: string): Record<string, string> {
  return {
    HYDRA_HOST_FILE: hostfile,
    HYDRA_LAUNCHER: "ssh",
    HYDRA_LAUNCHER_EXTRA_ARGS: peerSsh,
    HYDRA_IFACE: link,
    FI_TCP_IFACE: link,
    UCX_NET_DEVICES: link,
  };
}

/** `PRTE_…` is read from Open MPI 5 on, `orte`, `oob` and `rsh` before it; each ignores the other's. */
function openmpiVariables(link: string): Record<string, string> {
  return {
    OMPI_MCA_orte_default_hostfile: hostfile,
    PRTE_MCA_prte_default_hostfile: hostfile,
    OMPI_MCA_plm_rsh_args: peerSsh,
    PRTE_MCA_plm_ssh_args: peerSsh,
    OMPI_MCA_oob_tcp_if_include: link,
    PRTE_MCA_prte_if_include: link,
    OMPI_MCA_pml: "ob1",
    OMPI_MCA_btl_tcp_if_include: link,
    ...allowRoot,
  };
}

/** A cluster whose user is root runs as root; asking twice is Open MPI's own wish. */
const allowRoot = Object.fromEntries(
  ["OMPI", "PRTE"].flatMap((who) => ["", "_CONFIRM"].map((end) => [`${who}_ALLOW_RUN_AS_ROOT${end}`, "1"])),
);
