import { inHome, run } from "../../../provider/shell/command.ts";
import type { NodeRun } from "./nodeRun.ts";

/** sh that unpacks a run's code, as it goes into an image too, from stdin into the run's folder. */
export function unpackCodeScript({ folder }: NodeRun): string {
  const context = `${folder}/context`;
  return `set -eu; umask 077; ${run("mkdir", "-p", context)}; exec ${run("tar", "-xf", "-", "-C", context)}`;
}

/** An environment for runs without a container, named after what is in it: a cache in the user's home folder. */
export function environmentFolder(requirementsSha256: string): string {
  return `.cache/minirack/environments/${requirementsSha256.slice(0, 16)}`;
}

/**
 * sh that makes the environment with uv where it is not there yet, and prints its Python's path: several runs at once make it once. It
 * is whole when `ready` is in it, whose time says when it was last used (node/prune.sh); one that was cut off is made anew.
 *
 * @param environment in the user's home folder
 * @param uv uv's path on the node
 * @param requirements files of requirements, in the run's context
 */
export function environmentScript(
  at: NodeRun,
  environment: string,
  uv: string,
  requirements: string[],
): string {
  const files = requirements.flatMap((file) => ["-r", `${at.folder}/context/${file}`]);
  const ready = run(inHome(`${environment}/ready`));
  return [
    "set -eu",
    "umask 077",
    "home=$HOME",
    run("mkdir", "-p", inHome(environment)),
    `exec 9> ${run(inHome(`${environment}.lock`))}`,
    "flock 9",
    `python=${run(inHome(`${environment}/bin/python`))}`,
    'echo "$python"',
    `if [ -e ${ready} ]; then touch ${ready}; exit 0; fi`,
    "export UV_NO_CONFIG=1 UV_NO_PROGRESS=1 UV_PYTHON_PREFERENCE=only-system",
    "bundle=/etc/ssl/certs/ca-certificates.crt",
    '[ ! -e "$bundle" ] || export SSL_CERT_FILE="$bundle"',
    run(uv, "venv", "--quiet", "--clear", "--no-project", inHome(environment)),
    run(uv, "pip", "install", "--quiet", "--python", { shell: '"$python"' }, ...files),
    `touch ${ready}`,
    "",
  ].join("\n");
}
