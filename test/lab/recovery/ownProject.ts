import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { buildOffline } from "../../../offline/build.ts";
import { root } from "../../../scripts/lab/labStack.ts";
import { pageCommands } from "./pageCommands.ts";

/** A project as a user has it, of stack shelf: the package from its tarball, in a folder far from this clone, with a home of its own. */
export interface OwnProject {
  folder: string;
  /** The user's home: keys are there. */
  home: string;
  /** Types commands there, as a shell does; resolves with all they printed, rejects when one failed. */
  type(commands: string): Promise<string>;
  /** Starts the CLI, to be killed. */
  start(...args: string[]): { kill(): void; ended: Promise<unknown> };
  remove(): Promise<void>;
}

const page = pageCommands("docs/manual/package.md");
const stack = "shelf";
const versions = "versions/3.259.0/bin";

/** Packs the package and types what its page says, in a new folder; Pulumi is there as if it were downloaded. */
export async function ownProject(): Promise<OwnProject> {
  const top = await mkdtemp(join(tmpdir(), "minirack-own-"));
  const [folder, home, pulumiHome] = [join(top, "shelf"), join(top, "home"), join(top, "pulumi")];
  await mkdir(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  await buildOffline({ pulumiHome, say: console.log });
  await execa("npm", ["pack", "--silent", "--pack-destination", top], { cwd: root });
  const quick = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };
  await execa("bash", ["-euc", page.get("A folder of your own") ?? ""], { cwd: top, env: quick });
  const env = {
    HOME: home,
    PULUMI_HOME: pulumiHome,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    npm_config_update_notifier: "false",
  };
  const options = { cwd: folder, env, extendEnv: false, stdin: "ignore" } as const;
  const type = async (commands: string) =>
    (await execa("bash", ["-euo", "pipefail", "-c", commands], { ...options, all: true })).all;
  return {
    folder,
    home,
    type,
    start: (...args) => {
      const state = join(folder, ".minirack");
      const child = execa(join(pulumiHome, versions, "pulumi"), [...args, "--stack", stack], {
        ...options,
        env: {
          ...env,
          PATH: `${join(pulumiHome, versions)}${delimiter}${env.PATH}`,
          PULUMI_BACKEND_URL: `file://${join(state, "backend")}`,
          PULUMI_CONFIG_PASSPHRASE_FILE: join(state, "passphrase"),
        },
        reject: false,
      });
      return { kill: () => child.kill("SIGKILL"), ended: child };
    },
    remove: () => rm(top, { recursive: true, force: true }),
  };
}

/** Puts what lets us in before the cluster's key is there where a user has it: a key in the home, a password in a file. */
export async function bringFirstContact({ folder, home }: OwnProject, labFolder: string): Promise<void> {
  await cp(join(labFolder, "id_ed25519"), join(home, ".ssh", "id_ed25519"));
  await cp(join(labFolder, "password"), join(folder, "first-password"));
}

/** The public key that a node is to let in. */
export async function clusterKey({ home }: OwnProject): Promise<string> {
  return (await readFile(join(home, ".ssh/minirack", `${stack}.pub`), "utf8")).split(" ")[1] ?? "";
}
