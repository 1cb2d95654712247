import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { root } from "../../scripts/lab/labStack.ts";
import { labWait } from "../../scripts/lab/labWait.ts";
import { stackNodes } from "../../scripts/nodes/stackNodes.ts";
import { writeSshConfig } from "../../scripts/sshConfig/sshConfig.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";
import { testFolder } from "../support/testLab.ts";
import { until } from "./faults/until.ts";
import { operations, writeClusterFile } from "./operations/clusterFile.ts";

const checked = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      isAnswering: z.boolean(),
      facts: z.object({ system: z.string() }).optional(),
    }),
  ),
  links: z.array(
    z.object({ node: z.string(), reached: z.array(z.string()), hasAddress: z.boolean().optional() }),
  ),
  findings: z.array(
    z.object({ node: z.string(), subject: z.string(), found: z.string(), remedy: z.string() }),
  ),
});

const exported = z.object({
  deployment: z.object({
    resources: z.array(z.object({ type: z.string(), outputs: z.record(z.string(), z.json()).default({}) })),
  }),
});

async function exportedOutputs({ prepared, stack }: TestCluster) {
  const { stdout } = await prepared.pulumi(["stack", "export", "--stack", stack]);
  return exported.parse(JSON.parse(stdout)).deployment.resources;
}

/** A pair in the stack's output. */
const measured = { gbps: expect.any(Number), roundTripMs: expect.any(Number), interface: "eth1" };
const nothingListens = "! grep -qsx iperf3 /proc/[0-9]*/comm && ! ss -Hltn | grep -E ':520[0-9] '";

async function linkOutput({ prepared, stack }: TestCluster): Promise<unknown> {
  const { stdout } = await prepared.pulumi(["stack", "output", "links", "--json", "--stack", stack]);
  return JSON.parse(stdout);
}

const peersFile = "/etc/ssh/ssh_config.d/50-minirack.conf";

describe.sequential("what people type every day, on three provisioned nodes", () => {
  let cluster: TestCluster;
  const command = (script: string, ...args: string[]) =>
    execa(join(root, script), [...args, "--stack", cluster.stack, "--config-file", cluster.configFile], {
      stdin: "ignore",
      reject: false,
    });

  beforeAll(async () => {
    await mkdir(testFolder, { recursive: true, mode: 0o700 });
    await writeClusterFile();
    cluster = await freshTestCluster(operations);
    await cluster.pulumi("up", "--yes", "--skip-preview");
  });
  afterAll(() => endTestCluster(cluster));

  test("MPI exchanged its messages over the link, and left nothing running", async () => {
    const [state] = (await exportedOutputs(cluster)).filter(({ type }) => type.endsWith(":MpiExchange"));
    expect(state?.outputs.version).toMatch(/^4\./);
    expect(state?.outputs.linkBytes).toBeGreaterThan(4_000_000);
    for (const node of ["mini1", "mini2"])
      expect(await cluster.lab.on(node, "grep -ls exchange.py /proc/[0-9]*/cmdline || true")).toBe("");
  });

  test("check finds three nodes that reach one another", async () => {
    const { stdout, stderr } = await command("scripts/check", "--json");
    const { nodes, links, findings } = checked.parse(JSON.parse(stdout));
    expect(nodes.map(({ name, facts }) => `${name} ${facts?.system}`)).toEqual([
      "mini1 Debian GNU/Linux 12 (bookworm)",
      "mini2 Debian GNU/Linux 12 (bookworm)",
      "mini3 Debian GNU/Linux 13 (trixie)",
    ]);
    expect(links.map(({ node, reached, hasAddress }) => [node, hasAddress, ...reached])).toEqual([
      ["mini1", true, "mini2", "mini3"],
      ["mini2", true, "mini1", "mini3"],
      ["mini3", true, "mini1", "mini2"],
    ]);
    expect(findings.filter(({ subject }) => subject !== "disk")).toEqual([]); // the Docker host's disk is not ours
    expect(stderr).toContain("Total memory: ");
  });

  test("ssh knows every node by name, with its pinned host key alone", async () => {
    const { prepared, stack, configFile } = cluster;
    const home = temporaryFolder();
    const { file, nodes } = await writeSshConfig(await stackNodes(prepared, stack, configFile), home);
    const byName = (name: string) =>
      execa("ssh", ["-F", file, "-o", "BatchMode=yes", name, "hostname"], { reject: false });
    const answers = await Promise.all(nodes.map(async (name) => (await byName(`${name}.${stack}`)).stdout));
    expect(answers).toEqual(nodeNames);
    const knownHosts = file.replace(/conf$/, "known_hosts");
    const swapped = (await readFile(knownHosts, "utf8"))
      .replace(/^mini1 /m, "mini0 ")
      .replace(/^mini2 /m, "mini1 ");
    await writeFile(knownHosts, swapped);
    expect((await byName("mini1")).stderr).toContain("Host key verification failed");
  });

  test("up names a node whose own ssh does not read what minirack wrote for it", {
    tags: "matrix",
  }, async () => {
    const include = "Include /etc/ssh/ssh_config.d/*.conf";
    await cluster.lab.on("mini1", `sed -i '/^Include/d' /etc/ssh/ssh_config; rm ${peersFile}`);
    expect(await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh")).toContain(
      `node mini1: peers: ssh mini2, typed by rack, does not find the node: /etc/ssh/ssh_config lacks the line ${include}; add it at its beginning`,
    );
    const own = "printf 'Host *\\n  UserKnownHostsFile ~/.ssh/known_hosts\\n' > /home/rack/.ssh/config";
    await cluster.lab.on("mini1", `sed -i '1i ${include}' /etc/ssh/ssh_config; ${own}; rm ${peersFile}`);
    expect(await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh")).toContain(
      "node mini1: peers: ssh mini2, typed by rack, goes another way than minirack's own connections: /home/rack/.ssh/config or a file in /etc/ssh says otherwise; see ssh -G mini2",
    );
    await cluster.lab.on("mini1", "rm /home/rack/.ssh/config");
  });

  test("keys are rotated: a node that is down keeps both, a killed run is gone on with", {
    tags: "matrix",
  }, async () => {
    const keys = () => cluster.lab.on("mini1", "cat /home/rack/.ssh/authorized_keys");
    const before = await keys();
    await execa("docker", ["stop", "-t", "1", `minirack-${cluster.lab.stack}-mini3`]);
    const { exitCode, stdout } = await command("scripts/rotate-keys");
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining("the cluster's key: pending, it waits for mini3;"),
    ]);
    expect(await keys()).toContain(before);
    await execa("docker", ["start", `minirack-${cluster.lab.stack}-mini3`]);
    await labWait(cluster.lab.stack);
    const killed = command("scripts/rotate-keys");
    await until(cluster.lab, "mini1", "grep -q minirack-peer-mini2+next /home/rack/.ssh/authorized_keys");
    killed.kill("SIGKILL");
    await killed;
    expect((await command("scripts/rotate-keys")).exitCode).toBe(0);
    const [was, is] = [before, await keys()].map((text) => text.split("\n").map((line) => line.split(" ")));
    expect(is?.map(([, , comment]) => comment)).toEqual(was?.map(([, , comment]) => comment));
    expect(is?.filter(([, key]) => before.includes(`${key}`)).length).toBe(1); // the lab's own
    expect(await cluster.pulumi("preview", "--refresh")).toMatch(/Resources:\n {4}\d+ unchanged\n/);
    const reach = "for peer in mini2 mini3; do runuser -u rack -- ssh -o BatchMode=yes $peer hostname; done";
    expect(await cluster.lab.on("mini1", reach)).toBe("mini2\nmini3");
  });

  test("links have a figure for each pair, a refresh measures none of them, and nothing listens", async () => {
    expect(await linkOutput(cluster)).toEqual([
      { ...measured, from: "mini1", to: "mini2" },
      { ...measured, from: "mini1", to: "mini3" },
      { ...measured, from: "mini2", to: "mini3" },
    ]);
    const preview = await cluster.pulumi("preview", "--refresh");
    expect(preview).toMatch(/Resources:\n {4}\d+ unchanged\n/);
    for (const node of nodeNames) await cluster.lab.on(node, nothingListens);
  });

  test("up fails by both ends' names where a link is slow or its traffic leaves by another interface", {
    tags: "matrix",
  }, async () => {
    const [of1, of3] = ["mini1", "mini3"].map((node) => cluster.lab.linkAddressOf(node).split("/")[0]);
    await cluster.lab.on("mini1", `ip route add ${of3}/32 dev eth0`);
    await writeClusterFile("", "{ minGbps: 100000 }");
    const failed = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh", "--diff").catch(String);
    expect(failed).toContain('~ mini3: "eth1" => "eth0"'); // as the refresh found it
    expect(failed).toContain('~ mini3: "eth0" => "eth1"'); // as it is wanted
    expect(failed).toContain(
      `node mini1: link to mini3: expected traffic to ${of3} to leave by eth1, got eth0;`,
    );
    expect(failed).toMatch(
      /node mini1: link to mini2: expected at least 100000 Gb\/s over eth1, got [\d.]+ Gb\/s;/,
    );
    expect(failed).toMatch(/node mini2: link to mini3: expected at least 100000 Gb\/s over eth1,/);
    expect(failed).not.toContain(`expected traffic to ${of1}`);
    await cluster.lab.on("mini1", `ip route del ${of3}/32 dev eth0`);
    await writeClusterFile();
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatch(/~ 1 updated/);
  });

  test("links are measured by hand, beside what the state has", { tags: "matrix" }, async () => {
    const { stdout } = await command("scripts/links", "mini3", "--json");
    const now = { gbps: expect.any(Number), gbpsBefore: expect.any(Number), interface: "eth1" };
    expect(JSON.parse(stdout)).toMatchObject({
      pairs: [
        { ...now, from: "mini1", to: "mini3" },
        { ...now, from: "mini2", to: "mini3" },
      ],
      errors: [],
    });
  });

  test("a measurement that is cut short leaves nothing behind", { tags: "matrix" }, async () => {
    const measuring = command("scripts/links", "mini1", "mini2");
    const isListening = "grep -qsx iperf3 /proc/[0-9]*/comm";
    await until(cluster.lab, "mini2", isListening);
    measuring.kill("SIGKILL");
    await measuring;
    for (const node of ["mini1", "mini2"]) await until(cluster.lab, node, nothingListens);
  });

  test("check tells a link that lost its address, a reboot that is due, and a node that is down", {
    tags: "matrix",
  }, async () => {
    await cluster.lab.on("mini1", "ip addr flush dev eth1");
    await cluster.lab.on("mini2", "touch /run/reboot-required");
    await execa("docker", ["stop", "-t", "1", `minirack-${cluster.lab.stack}-mini3`]);
    const { stdout, exitCode } = await command("scripts/check", "--json");
    const { nodes, findings } = checked.parse(JSON.parse(stdout));
    expect(exitCode).toBe(1);
    expect(nodes.map(({ isAnswering }) => isAnswering)).toEqual([true, true, false]);
    const told = findings
      .map(({ node, subject }) => `${node} ${subject}`)
      .filter((one) => !one.endsWith("disk"));
    expect(told.sort()).toEqual(["mini1 link eth1", "mini2 link eth1", "mini2 reboot", "mini3 connect"]);
    expect(findings.find(({ subject }) => subject === "link eth1")).toMatchObject({
      found: `no address ${cluster.lab.linkAddressOf("mini1").split("/")[0]}`,
      remedy: "npm run stack -- up --stack devqf",
    });
    await execa("docker", ["start", `minirack-${cluster.lab.stack}-mini3`]);
    await labWait(cluster.lab.stack);
    await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
    await cluster.lab.on("mini2", "rm /run/reboot-required");
  });

  test("check lists every problem of the file with its place, and asks no node", async () => {
    await writeClusterFile("usr: rack\npackages: jq\n");
    const { stderr, exitCode } = await command("scripts/check");
    await writeClusterFile();
    expect([exitCode, stderr.split("\n")]).toEqual([
      1,
      [
        `${operations.clusterFile}:3:1 usr: expected a key that exists here, got "usr"; write users`,
        `${operations.clusterFile}:4:11 packages: expected a list, got a text; put it in brackets: [ … ]`,
      ],
    ]);
  });

  test("a hook ran once on each node, whatever else was done since", async () => {
    for (const node of nodeNames) expect(await cluster.lab.on(node, "cat /home/rack/greeted")).toBe("rack");
  });

  test("a unit is started on all nodes, stopped on one, and shown", async () => {
    const started = await command("scripts/start", "all", "ticker");
    expect([started.exitCode, started.stdout.match(/active \(running\)/g)?.length]).toEqual([0, 3]);
    expect((await command("scripts/stop", "mini2", "ticker")).exitCode).toBe(0);
    const shown = await command("scripts/status", "--service", "ssh", "--service", "ticker");
    const rows = shown.stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 3).join(" "));
    expect(rows.slice(1)).toEqual([
      "mini1 ssh.service active (running)",
      "mini1 ticker.service active (running)",
      "mini2 ssh.service active (running)",
      "mini2 ticker.service inactive (dead)",
      "mini3 ssh.service active (running)",
      "mini3 ticker.service active (running)",
    ]);
  });

  test("a unit that is not there is refused by the nearest names, and one that fails in its own words", async () => {
    const { stderr, exitCode } = await command("scripts/restart", "mini1", "tickr");
    expect([exitCode, stderr]).toEqual([
      1,
      "node mini1: systemctl: expected a unit that is there, got tickr.service; the nearest names are ticker.service",
    ]);
    const broken = "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo the disk is gone; exit 3'\n";
    await cluster.lab.on(
      "mini1",
      `printf %s "${broken}" > /run/systemd/system/broken.service; systemctl daemon-reload`,
    );
    const failed = await command("scripts/start", "mini1", "broken");
    expect(failed.stderr).toContain("the disk is gone");
    expect(failed.stderr).toContain("scripts/logs mini1 broken.service says more");
  });

  test("logs prints the last lines, follows new ones, and leaves nothing behind when it is ended", async () => {
    const last = await command("scripts/logs", "mini1", "ticker", "--lines", "2");
    expect(last.stdout.split("\n").map((line) => line.replace(/^\S+ mini1 sh\[\d+\]: /, ""))).toEqual([
      "tick",
      "tick",
    ]);
    const following = command("scripts/logs", "mini2", "ssh", "-f", "--lines", "0");
    const isRunning = "grep -qsx journalctl /proc/[0-9]*/comm";
    await until(cluster.lab, "mini2", isRunning);
    const line = new Promise((resolve) => following.stdout?.once("data", resolve));
    await cluster.lab.on("mini2", "systemctl reload ssh");
    await line;
    following.kill("SIGINT");
    expect((await following).exitCode).toBe(130);
    await until(cluster.lab, "mini2", `! ${isRunning}`);
    await until(cluster.lab, "mini2", "! grep -qs 'setsid.-w' /proc/[0-9]*/cmdline");
  });

  test("upgrade tells what would be upgraded, then does it and names who waits for a reboot", {
    tags: "matrix",
  }, async () => {
    const pending = await readFile(join(root, "test/lab/operations/pendingUpgrade.sh"), "utf8");
    await Promise.all(["mini2", "mini3"].map((node) => cluster.lab.on(node, pending)));
    const nodes = ["--node", "mini2", "--node", "mini3"];
    const told = await command("scripts/upgrade", "--dry-run", "--json", ...nodes);
    const none = { keptBack: [], upgraded: [{ name: "minirack-lab-note", from: "1", to: "2" }] };
    expect(JSON.parse(told.stdout)).toEqual([
      { node: "mini2", ...none },
      { node: "mini3", ...none },
    ]);
    expect(await cluster.lab.on("mini2", "dpkg-query -W minirack-lab-note")).toBe("minirack-lab-note\t1");
    const done = await command("scripts/upgrade", ...nodes);
    expect(done.stdout.split("\n").slice(-2)).toEqual([
      "mini2  1         -          required: an update of minirack-lab-note waits for it",
      "mini3  1         -          required: an update of minirack-lab-note waits for it",
    ]);
    expect(done.stderr).toContain("mini3: sets up minirack-lab-note");
  });

  test("a rolling reboot takes the nodes that wait for one, and none waits any more", {
    tags: "matrix",
  }, async () => {
    await command("scripts/start", "all", "ticker");
    const { stdout, stderr } = await command("scripts/reboot", "--rolling", "--if-required");
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 2).join(" "))).toEqual([
      "NODE REBOOT",
      "mini1 not required",
      "mini2 done",
      "mini3 done",
    ]);
    expect(stderr.indexOf("mini2: is back")).toBeLessThan(stderr.indexOf("mini3: goes down"));
    const again = await command("scripts/reboot", "--rolling", "--if-required");
    expect(again.stdout.match(/not required/g)?.length).toBe(3);
  });

  test("a rolling reboot stops at a node whose unit does not run again", { tags: "matrix" }, async () => {
    await cluster.lab.on("mini2", "systemctl disable ticker");
    const { stderr, exitCode } = await command("scripts/reboot", "--rolling", "--timeout", "5");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("expected what ran before to run again, got ticker.service: inactive (dead)");
    expect(stderr).toContain("not rebooted: mini3");
  });
});
