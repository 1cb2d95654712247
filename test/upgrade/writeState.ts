import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Command } from "commander";
import { resourceTable } from "../../provider/provider.ts";
import { version } from "../../provider/version.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { exportedResources } from "../../scripts/pulumi/exportedResources.ts";
import { type TestLab, testFolder, testLab } from "../support/testLab.ts";
import { emptyStack, releaseFolder, type UpgradeStack, upgradeStack } from "./upgradeStack.ts";

new Command("npm run release:state")
  .description(
    "Provisions a small cluster in a lab and keeps the state that this version writes: test/upgrade/VERSION.",
  )
  .addHelpText("after", "\nDone once at each release; its tests then hold later versions to that state.")
  .parse();

const folder = releaseFolder(version);
const configOf = (at: string) => join(at, `Pulumi.${upgradeStack}.yaml`);

/** The cluster file and its files as they are now: later changes of them are no affair of this version's state. */
async function freeze(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(join(import.meta.dirname, "shelf"), folder, { recursive: true });
  const clusterFile = relative(root, join(folder, "cluster.yaml"));
  await writeFile(configOf(folder), `config:\n  minirack:clusterFile: ${clusterFile}\n`);
}

async function keepState(stack: UpgradeStack): Promise<void> {
  const found = new Set((await exportedResources(stack.prepared, upgradeStack)).map(({ type }) => type));
  const types = resourceTable(async (id) => {
    throw new Error(`expected no import, got ${id}`);
  }).keys();
  const missing = [...types, "command:local:Command"].filter((type) => !found.has(type));
  if (missing.length > 0)
    throw new Error(
      `test/upgrade/shelf/cluster.yaml: expected every type of resource, missing: ${missing}; add it`,
    );
  await writeFile(join(folder, "state.json"), `${(await stack.pulumi(["stack", "export"])).trimEnd()}\n`);
  const config = await readFile(stack.configFile, "utf8");
  await writeFile(configOf(folder), config.replace(/^encryptionsalt:.*\n/m, "")); // the state has it
}

async function writeState(lab: TestLab): Promise<void> {
  const backend = join(testFolder, "upgrade");
  await rm(backend, { recursive: true, force: true });
  await lab.up();
  const stack = await emptyStack(backend, version);
  const password = await readFile(join(lab.folder, "password"), "utf8");
  await stack.pulumi(["config", "set", "--secret", "minirack:labPassword"], password.trim());
  console.log(await stack.pulumi(["up", "--yes", "--skip-preview"]));
  await keepState(stack);
  await stack.pulumi(["destroy", "--yes", "--skip-preview"]);
  await rm(backend, { recursive: true, force: true });
}

const lab = await testLab("labz", 4400, "172.31.34.0/24", ["mini1", "mini2"]);
try {
  await freeze();
  await writeState(lab);
} finally {
  await lab.down();
}
