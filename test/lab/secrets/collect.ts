import { readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestCluster } from "../../support/testCluster.ts";
import { nodeNames, type TestLab } from "../../support/testLab.ts";
import { type Places, withoutConfiguration } from "./places.ts";
import type { ProcessSampler } from "./processSampler.ts";

const logFiles = "find /var/log /run/minirack-* -type f ! -path '/var/log/journal/*' -exec cat {} +";

/** What the nodes have written down: systemd's journal with all fields, log files, our records. */
export async function addNodes(places: Places, lab: TestLab): Promise<void> {
  for (const node of nodeNames) {
    places.add("journal of a node", await lab.on(node, "journalctl -q --no-pager -o export"));
    places.add("log files of a node", await lab.on(node, `${logFiles} 2>/dev/null || true`));
    places.add("records on a node", await lab.on(node, "cat /var/lib/minirack/* 2>/dev/null || true"));
  }
}

/** The stack's files as they lie on the disk: state, history and backups, its configuration, the CLI's own logs of this run. */
export async function addFiles(places: Places, cluster: TestCluster, since: number): Promise<void> {
  const { stack, prepared, configFile } = cluster;
  const variable = (name: string) => prepared.env[name] ?? process.env[name];
  const isOwn = (path: string) => path.split("/").some((part) => part.split(".")[0] === stack);
  const backend = fileURLToPath(variable("PULUMI_BACKEND_URL") ?? "");
  for (const path of (await filesIn(backend)).filter(isOwn)) {
    const kind = /\.pulumi\/(\w+)\//.exec(path)?.[1] ?? "";
    places.add(`${kind} in the backend's folder`, await readFile(path, "utf8"));
  }
  places.add("stack's configuration", await readFile(configFile, "utf8"));
  const home = variable("PULUMI_HOME") ?? join(homedir(), ".pulumi");
  for (const path of await filesIn(join(home, "logs")).catch(() => []))
    if ((await stat(path)).mtimeMs >= since) places.add("the CLI's own logs", await readFile(path, "utf8"));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Ends the samplers; what they saw is in the places then. */
export async function addProcesses(
  places: Places,
  samplers: ReadonlyMap<string, ProcessSampler>,
): Promise<void> {
  for (const [where, sampler] of samplers) {
    const kind = where === "controller" ? "the controller" : "a node";
    const seen = await sampler.end();
    places.add(`arguments on ${kind}`, seen.arguments);
    places.add(`environments on ${kind}`, withoutConfiguration(seen.environments));
  }
}
