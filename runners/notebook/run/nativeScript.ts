import { inHome, run } from "../../../provider/shell/command.ts";
import { requirementPlaces } from "../image/requirements.ts";
import type { NodeRun } from "./nodeRun.ts";

/** sh that unpacks a run's code, as it goes into an image too, from stdin into the run's folder. */
export function unpackCodeScript({ folder }: NodeRun): string {
  const context = `${folder}/context`;
  return `set -eu; umask 077; ${run("mkdir", "-p", context)}; exec ${run("tar", "-xf", "-", "-C", context)}`;
}

/** Environments for runs without a container, named after what is in them: a cache in the user's home folder. */
export function environmentFolder(sha256: string): string {
  return `.cache/minirack/environments/${sha256.slice(0, 16)}`;
}

/** How one of a run's two environments is filled, in the run's context. */
export const environmentSteps = {
  executor: (install: string) => [`${install} -r ${run(requirementPlaces.executor)}`],
  // What the project wants comes first, and stays as it is: what a kernel needs besides has to fit.
  run: (install: string, list: string) => [
    `(cd ${run(requirementPlaces.projectFolder)} && ${install} -r ${run(requirementPlaces.project)})`,
    `${list} > pinned.txt`,
    `${install} -c pinned.txt -r ${run(requirementPlaces.kernel)}`,
  ],
} as const;

/**
 * sh that makes the environment with uv where it is not there yet, and prints its Python's path: several runs at once make it once. It
 * is whole when `ready` is in it, whose time says when it was last used (node/prune.sh); one that was cut off is made anew.
 *
 * @param environment in the user's home folder
 * @param uv uv's path on the node
 */
export function environmentScript(
  at: NodeRun,
  environment: string,
  uv: string,
  steps: (install: string, list: string) => string[],
): string {
  const python = { shell: '"$python"' };
  const install = run(uv, "pip", "install", "--quiet", "--python", python);
  const list = run(uv, "pip", "list", "--quiet", "--format", "freeze", "--python", python);
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
    run("cd", `${at.folder}/context`),
    run(uv, "venv", "--quiet", "--seed", "--clear", "--no-project", inHome(environment)),
    ...steps(install, list),
    `touch ${ready}`,
    "",
  ].join("\n");
}
