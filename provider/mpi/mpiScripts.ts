import { type MpiImplementation, mpiEnvironment, mpiExchange, mpiexec } from "../../config/mpiFiles.ts";
import { peersConfigFile } from "../settings/peers.ts";
import { run } from "../shell/command.ts";
import { heldScript } from "../shell/heldScript.ts";
import { prelude } from "../shell/prelude.ts";

/** A node at the other end, as the first one sees it. */
export interface MpiPeer {
  name: string;
  address: string;
}

/** Prints, for every node, the version that answers there; for one that cannot be asked, why. Runs on the first node. */
export function versionsScript(implementation: MpiImplementation, first: string, peers: MpiPeer[]): string {
  const ask = `${mpiexec[implementation]} --version 2>&1 | grep -oE '[0-9]+([.][0-9]+)+' | head -n 1`;
  const asked = peers.map(({ name, address }) => {
    const ssh = run(
      "ssh",
      "-F",
      peersConfigFile,
      "-o",
      "BatchMode=yes",
      "-o",
      "ConnectTimeout=10",
      address,
      ask,
    );
    return `answer=$(${ssh} 2>&1); printf '%s\\t%s\\n' ${name} "$(printf '%s' "$answer" | tail -n 1)"`;
  });
  return ["set -u", `printf '%s\\t%s\\n' ${first} "$(${ask})"`, ...asked, ""].join("\n");
}

/** How often the exchange is run: an MPI that hangs when it ends does so now and then. */
const runs = [1, 2, 3];

/** How the exchange is run. */
export interface ExchangeRun {
  processes: number;
  /** Name of the links' interface. */
  link: string;
  /** How long one run may take. */
  timeoutSeconds: number;
}

/**
 * The exchange with one process on each node, and then the bytes that went out over the link. Whoever sent it holds its
 * stdin open: when that ends, so do all processes.
 */
export function exchangeScript(
  implementation: MpiImplementation,
  { processes, link, timeoutSeconds }: ExchangeRun,
): string {
  const each = { mpich: ["-ppn", "1"], openmpi: ["--map-by", "ppr:1:node"] }[implementation];
  const limit = ["timeout", "--foreground", "-k", "5", String(timeoutSeconds)];
  const program = ["python3", mpiExchange, implementation];
  const body = [
    "hold_lifeline",
    `. ${mpiEnvironment}`,
    `before=$(cat /sys/class/net/${link}/statistics/tx_bytes)`,
    `for run in ${runs.join(" ")}; do`,
    `  ${run(...limit, mpiexec[implementation], "-n", String(processes), ...each, ...program)} 9<&-`,
    "done",
    `after=$(cat /sys/class/net/${link}/statistics/tx_bytes)`,
    `printf 'sent\\t%s\\n' "$((after - before))"`,
  ];
  return heldScript(prelude, body.join("\n"));
}
