import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { root } from "../../scripts/lab/labStack.ts";
import { pulumiEnvironment } from "../../scripts/pulumi/environment.ts";
import { preparePulumi } from "../../scripts/pulumi/prepare.ts";

/** A clone of the project in another folder, with a state of its own or a shared one. */
export interface Clone {
  folder: string;
  /** The user's home: keys are there. */
  home: string;
  /** Its identity and its pinned host keys. */
  own: string;
  env: Record<string, string>;
  cli: string;
  /** Writes the stack's cluster file. */
  declare(cluster: object): Promise<void>;
  /** Runs pulumi on the stack; resolves with all it printed, rejects when it failed. */
  pulumi(args: string[], env?: Record<string, string>): Promise<string>;
  /** Types one of the project's commands there. */
  type(command: string[], env?: Record<string, string>): Promise<string>;
  remove(): Promise<void>;
}

/** What of a clone may be another's too. */
interface Shared {
  home?: string;
  backend?: string;
}

/** Makes a clone whose project is called minirack as all of them are, with a stack that has nothing in it. */
export async function anotherClone(stack: string, shared: Shared = {}): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), "minirack-clone-"));
  const { choice } = await preparePulumi({ root, say: console.log });
  const { home = join(folder, "home"), backend = join(folder, "backend") } = shared;
  await Promise.all([home, backend].map((one) => mkdir(one, { recursive: true, mode: 0o700 })));
  await mkdir(join(home, ".cache"), { recursive: true });
  const cache = join(home, ".cache/minirack"); // what was built once is there
  if (!existsSync(cache)) await symlink(join(homedir(), ".cache/minirack"), cache);
  await writeFile(join(folder, "Pulumi.yaml"), stringify(project));
  await writeFile(join(folder, "program.mjs"), `export { default } from "${root}/program.mjs";\n`);
  await writeFile(join(folder, `Pulumi.${stack}.yaml`), "config:\n  minirack:clusterFile: cluster.yaml\n");
  await writeFile(join(folder, "package.json"), '{"type":"module"}\n');
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await mkdir(join(folder, ".minirack"), { mode: 0o700 });
  for (const one of ["pulumi.json", "pulumi"].filter((name) => existsSync(join(root, ".minirack", name))))
    await symlink(join(root, ".minirack", one), join(folder, ".minirack", one));
  const env = {
    ...pulumiEnvironment(folder),
    HOME: home,
    PATH: [dirname(choice.cli), dirname(process.execPath), process.env.PATH].join(delimiter),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "a test's",
    MINIRACK_PROJECT: folder,
  };
  const run = async (file: string, args: string[], more: Record<string, string> = {}) => {
    const options = { cwd: folder, env: { ...env, ...more }, stdin: "ignore", all: true } as const;
    return (await execa(file, args, options)).all;
  };
  const isMade = existsSync(join(backend, ".pulumi/stacks/minirack", `${stack}.json`));
  if (!isMade) await run(choice.cli, ["stack", "init", stack, "--no-select"]);
  return {
    ...{ folder, home, env, cli: choice.cli },
    own: join(folder, ".minirack"),
    declare: (cluster) =>
      writeFile(join(folder, "cluster.yaml"), stringify(cluster, { aliasDuplicateObjects: false })),
    pulumi: ([command = "", ...args], more) =>
      run(choice.cli, [command, ...args, "--stack", stack, "--color", "never"], more),
    type: ([command = "", ...args], more) =>
      run(join(root, "scripts", command), [...args, "--stack", stack], more),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const project = {
  name: "minirack",
  runtime: { name: "nodejs", options: { typescript: false, packagemanager: "npm" } },
  main: "program.mjs",
  plugins: { providers: [{ name: "minirack", path: join(root, "provider") }] },
};
