import { rmSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { settingToken } from "../../provider/settings/index.ts";
import { launchTraining } from "../../runners/training/launch/launchTraining.ts";
import { trainingRuns } from "../../runners/training/launch/trainingRuns.ts";
import { labReboot } from "../../scripts/lab/labReboot.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { report } from "../../scripts/npmStart/report.ts";
import { readStackState } from "../../scripts/npmStart/stackState.ts";
import { forgetSettings, importSetting, importSettings, settingsOf } from "../support/labNodeImport.ts";
import { countedOn } from "../support/labNodeLog.ts";
import { patient } from "../support/patient.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";
import { devStack, writeClusterFile } from "./devStack/clusterFile.ts";
import { handMade } from "./devStack/drifts.ts";

const [stack] = devStack.lab;

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}

describe.sequential("the dev stack's life on three lab nodes", () => {
  let cluster: TestCluster;
  const before = new Map<string, string>();
  /** Bytes that an interface of a node has sent. */
  const bytesSent = async (node: string, interfaceName: string) =>
    Number(await cluster.lab.on(node, `cat /sys/class/net/${interfaceName}/statistics/tx_bytes`));

  beforeAll(async () => {
    await writeClusterFile();
    cluster = await freshTestCluster(devStack);
    await cluster.lab.on("mini1", "truncate -s 0 /etc/motd"); // what was there before is not only absence
    for (const node of nodeNames) before.set(node, await labSnapshot(node, stack));
  });
  afterAll(() => endTestCluster(cluster));

  test("up provisions fresh nodes", async () => {
    const output = await cluster.pulumi("up", "--yes", "--skip-preview");
    expect(output).toMatch(/\+ \d+ created/);
    expect(output).not.toMatch(/error/);
  });

  test("a second up, with every setting read live, changes nothing", async () => {
    let output = "";
    const counts = await countedOn(cluster.lab, nodeNames, async () => {
      output = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
    });
    expect(output).toMatch(/Resources:\n {4}\d+ unchanged\n/);
    expect(counts.map(({ logins }) => logins)).toEqual(nodeNames.map(() => 1));
    for (const { scripts } of counts) expect(scripts).toBeLessThanOrEqual(2); // one, where the engine asks in time
  });

  test("what npm start says at its end is in the state: nodes, settings, measured links", async () => {
    const said = report(await readStackState(cluster.prepared, devStack.stack));
    expect(said).toMatch(/^mini3 +rack@127.0.0.1:2303 +linux +trainer +eth1 172.31.1.13$/m);
    expect(said).toMatch(/^swapGb +1 +- +-$/m);
    expect(said).toMatch(/^mini1 mini2 +eth1 +[\d.]+ +[\d.]+$/m);
  });

  test("there is a change by hand for every setting of the stack", async () => {
    const inStack = (await settingsOf(cluster)).map(({ type }) => type);
    const tokens = Object.keys(handMade).map(settingToken);
    expect([...new Set(inStack)].sort()).toEqual(tokens.sort());
  });

  test("what was changed by hand is named by preview and left as it is", async () => {
    for (const { node, script } of Object.values(handMade)) await cluster.lab.on(node, script);
    const output = await cluster.pulumi("preview", "--refresh", "--diff");
    for (const [setting, { told }] of Object.entries(handMade)) {
      expect.soft(output, setting).toMatch(told);
    }
    expect(await cluster.lab.on("mini1", "cat /etc/motd")).toContain("more");
  });

  test("up puts all of it right", async () => {
    const output = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
    expect(output).toMatch(/~ \d+ updated/);
    expect(await cluster.pulumi("preview", "--refresh")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  });

  test("a reboot of every node leaves nothing to change", async () => {
    await Promise.all(nodeNames.map((node) => labReboot(node, stack)));
    expect(await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh")).toMatch(
      /Resources:\n {4}\d+ unchanged\n/,
    );
  });

  test("training runs across all nodes, over the links only, and ends with identical weights", async () => {
    const [link, control] = [await bytesSent("mini2", "eth1"), await bytesSent("mini2", "eth0")];
    const lines: string[] = [];
    const { metrics, metadata } = await launchTraining({
      root,
      stack: devStack.stack,
      domain: "digits",
      parameters: { seed: 0, epochs: 3 },
      force: true,
      isDetached: false,
      print: (line) => lines.push(line),
    });
    const synced = metrics.epochs.reduce((sum, epoch) => sum + epoch.bytesSynced, 0);
    expect(metadata.nodes.map(({ name }) => name)).toEqual(nodeNames);
    expect(metrics.weights?.identical).toBe(true);
    expect(metrics.epochs.at(-1)?.accuracy).toBeGreaterThan(0.9);
    expect(synced).toBeGreaterThan(1_000_000);
    expect((await bytesSent("mini2", "eth1")) - link).toBeGreaterThan(synced / 2);
    expect((await bytesSent("mini2", "eth0")) - control).toBeLessThan(synced / 10);
  });

  test("a training that is left goes on, and is ended on all nodes from elsewhere", async () => {
    const { metadata, folder } = await launchTraining({
      root,
      stack: devStack.stack,
      domain: "digits",
      parameters: { seed: 0, epochs: 1_000_000 },
      force: true,
      isDetached: true,
      print: () => {},
    });
    const runs = trainingRuns(root);
    const run = { name: metadata.run, folder, metadata };
    await vi.waitUntil(async () => /^running, epoch \d+ done$/.test((await runs.status(run)).line), patient);
    await runs.stop(run);
    expect(await runs.fetch(run)).toMatchObject({ status: "stopped", exit: { code: 130 } });
    for (const node of nodeNames)
      expect(await cluster.lab.on(node, "pgrep -f minirack_training || true")).toBe("");
    expect(await cluster.lab.on("mini1", "ls -A /home/rack")).not.toContain(".cache");
    rmSync(folder, { recursive: true });
  });

  test("the settings of a node that the state lost are imported from their ids alone", {
    tags: "matrix",
  }, async () => {
    const all = (await settingsOf(cluster)).filter(({ id }) => id.startsWith("mini2/"));
    const lost = await forgetSettings(cluster, "mini2");
    expect(lost).toEqual(all);
    const [first, ...others] = lost;
    if (first === undefined) throw new Error("expected settings of mini2 in the state, got none");
    expect(await importSetting(cluster, first)).toMatch(/= 1 imported/);
    expect(await importSettings(cluster, others)).toContain(`= ${others.length} imported`);
    expect(await cluster.pulumi("preview", "--refresh")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  });

  test("the state and what Pulumi printed hold no password", async () => {
    const { stdout: password } = await execa("cat", [`${root}/.minirack/${stack}/password`]);
    const { stdout: state } = await cluster.prepared.pulumi(["stack", "export", "--stack", devStack.stack]);
    expect(password.length).toBeGreaterThan(10);
    expect(state).not.toContain(password);
  });

  test("destroy gives every node back as it was", async () => {
    await cluster.pulumi("destroy", "--yes", "--skip-preview");
    for (const node of nodeNames) {
      expect(withoutVersions(await labSnapshot(node, stack))).toBe(withoutVersions(before.get(node) ?? ""));
    }
  });
});
