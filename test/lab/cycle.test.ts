import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settings } from "../../provider/settings/index.ts";
import { launchTraining } from "../../runners/training/launch/launchTraining.ts";
import { labReboot } from "../../scripts/lab/labReboot.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { forgetSettings, importSetting, importSettings } from "../support/labNodeImport.ts";
import { countedOn } from "../support/labNodeLog.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";

const stack = "labtest";
const onNode = (node: string, script: string) =>
  execa("docker", ["exec", "-i", `minirack-${stack}-${node}`, "sh", "-eu"], { input: script });

/** Bytes that an interface of a node has sent. */
async function bytesSent(node: string, interfaceName: string): Promise<number> {
  const { stdout } = await onNode(node, `cat /sys/class/net/${interfaceName}/statistics/tx_bytes`);
  return Number(stdout);
}

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}

describe.sequential("one cluster's life on three lab nodes", () => {
  let cluster: TestCluster;
  const before = new Map<string, string>();

  beforeAll(async () => {
    cluster = await freshTestCluster();
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

  test("what was changed by hand is named by preview and left as it is", async () => {
    await onNode("mini1", "apt-get -q -y remove jq; chmod 600 /etc/motd; echo more >> /etc/motd");
    await onNode(
      "mini2",
      "ip address del 172.31.1.12/24 dev eth1; sed -i /minirack-devtest/d /home/rack/.ssh/authorized_keys",
    );
    await onNode(
      "mini3",
      "rm /usr/local/share/ca-certificates/minirack-lab.crt /home/rack/.ssh/minirack_known_hosts",
    );
    await onNode("mini3", "rm -r /opt/minirack/environments/training/lib/python3*/site-packages/joblib-*");
    const output = await cluster.pulumi("preview", "--refresh", "--diff");
    expect(output).toContain('- jq             : "installed"');
    expect(output).toContain('~ mode   : "0644" => "0600"');
    expect(output).toContain("+ more");
    expect(output).toContain('- eth1: "172.31.1.12/24"');
    expect(output).toMatch(/- clusterKey: "ssh-ed25519 \S+ minirack-devtest"/);
    expect(output).toContain("- lab: ");
    expect(output).toContain("- mini1: {");
    expect(output).toMatch(/- joblib +: "==/);
    expect((await onNode("mini1", "cat /etc/motd")).stdout).toContain("more");
  });

  test("up puts all of it right", async () => {
    const output = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
    expect(output).toMatch(/~ 7 updated/);
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
      stack: "devtest",
      domain: "digits",
      parameters: { seed: 0, epochs: 3 },
      force: true,
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

  test("the settings of a node that the state lost are imported from their ids alone", async () => {
    const lost = await forgetSettings(cluster, "mini2");
    expect(lost.map(({ id }) => id).sort()).toEqual(
      [...settings.map(({ key }) => `mini2/${key}`), "mini2/files/training"].sort(),
    );
    const [first, ...others] = lost;
    if (first === undefined) throw new Error("expected settings of mini2 in the state, got none");
    expect(await importSetting(cluster, first)).toMatch(/= 1 imported/);
    expect(await importSettings(cluster, others)).toMatch(/= 7 imported/);
    expect(await cluster.pulumi("preview", "--refresh")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  });

  test("the state and what Pulumi printed hold no password", async () => {
    const { stdout: password } = await execa("cat", [`${root}/.minirack/${stack}/password`]);
    const { stdout: state } = await cluster.prepared.pulumi(["stack", "export", "--stack", "devtest"]);
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
