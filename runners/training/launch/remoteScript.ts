import { dirname } from "node:path/posix";
import { peerSsh } from "../../../config/mpiFiles.ts";
import { run } from "../../../provider/shell/command.ts";
import { type Parameters, parameterArguments } from "./parameters.ts";
import type { Training } from "./training.ts";

/**
 * What runs on the first node: mpiexec under the supervisor, one rank per node, all traffic over the links.
 *
 * @throws Error when the nodes' links have different interface names: mpiexec takes one for all
 */
export function remoteScript(training: Training, domain: string, parameters: Parameters): string {
  const link = linkInterface(training);
  const supervisor = [training.python, "-m", "minirack_training.supervise"];
  const mpiexec = [`${dirname(training.python)}/mpiexec`, "-launcher", "ssh", "-iface", link];
  const addresses = training.nodes.map((node) => node.linkAddress);
  const ranks = ["-hosts", addresses.join(","), "-n", String(addresses.length), "-ppn", "1"];
  const trainer = [training.python, "-m", "minirack_training", "--domain", domain];
  const given = [...parameterArguments(parameters), "--code-hash", training.codeHash];
  return [
    "set -eu",
    run("cd", training.directory),
    // MPI's own choice of interface is not mpiexec's: UCX and libfabric each ask a variable of theirs.
    run(
      "export",
      `PYTHONPATH=${training.directory}`,
      "PYTHONDONTWRITEBYTECODE=1",
      `UCX_NET_DEVICES=${link}`,
      `FI_TCP_IFACE=${link}`,
    ),
    run("export", `HYDRA_LAUNCHER_EXTRA_ARGS=${peerSsh}`),
    `exec ${run(...supervisor, ...mpiexec, ...ranks, ...trainer, ...given)}`,
    "",
  ].join("\n");
}

function linkInterface({ nodes }: Training): string {
  const names = new Set(nodes.map((node) => node.interface));
  const [first = "", ...others] = names;
  if (others.length === 0) return first;
  const found = nodes.map((node) => `${node.name}: ${node.interface}`).join(", ");
  throw new Error(
    `training links: expected one interface name on all nodes, found ${found}; name them alike`,
  );
}
