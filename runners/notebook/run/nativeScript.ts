import { run } from "../../../provider/shell/command.ts";
import type { NodeRun } from "./nodeRun.ts";

/** sh that unpacks a run's code, as it goes into an image too, from stdin into the run's folder. */
export function unpackCodeScript({ folder }: NodeRun): string {
  const context = `${folder}/context`;
  return ["set -eu", "umask 077", run("mkdir", "-p", context), `exec ${run("tar", "-xf", "-", "-C", context)}`, ""].join(
    "\n",
  );
}

/** An environment for runs in native mode, named after what is in it. */
export function environmentFolder(runsFolder: string, requirementsSha256: string): string {
  return `${runsFolder}/.environments/${requirementsSha256.slice(0, 16)}`;
}

/**
 * sh that makes the environment with uv where it is not there yet: several runs at once make it once. It is whole when `ready` is in
 * it; one that was cut off is made anew.
 *
 * @param uv uv's path on the node
 * @param requirements files of requirements, from the run's folder
 */
export function environmentScript(at: NodeRun, environment: string, uv: string, requirements: string[]): string {
  const files = requirements.flatMap((file) => ["-r", `${at.folder}/context/${file}`]);
  return [
    "set -eu",
    "umask 077",
    run("mkdir", "-p", environment),
    `exec 9> ${run(`${environment}.lock`)}`,
    "flock 9",
    `[ ! -e ${run(`${environment}/ready`)} ] || exit 0`,
    "export UV_NO_CONFIG=1 UV_NO_PROGRESS=1 UV_PYTHON_PREFERENCE=only-system",
    "bundle=/etc/ssl/certs/ca-certificates.crt",
    '[ ! -e "$bundle" ] || export SSL_CERT_FILE="$bundle"',
    run(uv, "venv", "--quiet", "--clear", "--no-project", environment),
    run(uv, "pip", "install", "--quiet", "--python", `${environment}/bin/python`, ...files),
    run("touch", `${environment}/ready`),
    "",
  ].join("\n");
}
