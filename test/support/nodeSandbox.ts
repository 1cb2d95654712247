import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { runProgram, type ShellOutput } from "./realShell.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** Where a script runs as on a node and touches only a folder of its own. */
export interface NodeSandbox {
  /** The folder that stands for `/var/lib/minirack`. */
  records: string;
  /** A folder for what settings write. */
  root: string;
  /** `user:group` that may own files here. */
  owner: string;
  /** The folder that stands for `/opt/minirack`. */
  opt: string;
  /** A script as it is told here, with places of its own. */
  here(script: string): string;
  /** Bytes are a payload, and go in as they are. */
  run(command: string, stdin: string | Buffer): Promise<ShellOutput>;
}

/**
 * A real `sh` with two changes to what it is told: the records' folder and root's name. Home is a folder of its own;
 * `sudo` and `flock` are shims on PATH; `sudoPassword` makes sudo ask for one.
 */
export function nodeSandbox({ sudoPassword }: { sudoPassword?: string | undefined } = {}): NodeSandbox {
  const folder = temporaryFolder();
  const bin = join(folder, "bin");
  const records = join(folder, "records");
  const root = join(folder, "root");
  const home = join(folder, "home");
  const opt = join(folder, "opt");
  for (const one of [bin, root, home]) mkdirSync(one);
  writeShim(bin, "getent", `echo 'rack:x:1000:1000::${home}:/bin/sh'`);
  writeShim(bin, "sudo", sudoShim(sudoPassword));
  writeShim(bin, "flock", flockShim);
  const owner = `${userInfo().username}:${execFileSync("id", ["-gn"], { encoding: "utf8" }).trim()}`;
  const environment = { ...process.env, HOME: home, PATH: `${bin}:${process.env.PATH}` };
  const here = (script: string) =>
    script
      .replaceAll("/var/lib/minirack", records)
      .replaceAll("/opt/minirack", opt)
      .replaceAll("/run/minirack", join(folder, "run"))
      .replaceAll("root:root", owner);
  const run = (command: string, stdin: string | Buffer) =>
    runProgram(["sh", "-c", here(command)], typeof stdin === "string" ? here(stdin) : stdin, environment);
  return { records, root, opt, owner, here, run };
}

function writeShim(folder: string, name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** The lock that a whole script runs under is root's: left out. Locks within a script are real. */
const flockShim = `case " $* " in
  *" -E "*) while [ "$1" != -E ]; do shift; done; shift 3; exec "$@" ;;
  *) PATH=\${PATH#*:} exec flock "$@" ;;
esac`;

/** Reads its password byte by byte, as sudo does: the rest of stdin is the script. */
function sudoShim(password: string | undefined): string {
  const ask = `[ "$1" = -k ] || { echo 'sudo: a password is required' >&2; exit 1; }
shift 4
IFS= read -r given
[ "$given" = '${password}' ] || { echo 'Sorry, try again.' >&2; exit 1; }`;
  return `${password === undefined ? "shift" : ask}\nexec "$@"`;
}
