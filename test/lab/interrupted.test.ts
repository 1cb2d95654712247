import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { type Process, processTree } from "../support/processes.ts";
import { startPulumi } from "../support/startPulumi.ts";
import { endTestCluster, freshTestCluster, type TestCluster } from "../support/testCluster.ts";
import { nodeNames } from "../support/testLab.ts";
import { until } from "./faults/until.ts";
import { noOrphans } from "./interrupted/noOrphans.ts";

const isProvider = ({ command }: Process) => command.includes("provider/start.mjs");

describe.sequential("a command that is interrupted", () => {
  let cluster: TestCluster;
  const before = new Map<string, string>();

  beforeAll(async () => {
    cluster = await freshTestCluster({
      stack: "devg",
      clusterFile: "test/lab/small.yaml",
      lab: ["labg", 2600, "172.31.6.0/24"],
    });
    for (const node of nodeNames) before.set(node, await labSnapshot(node, "labg"));
  });
  afterAll(() => endTestCluster(cluster));

  /** An up that is under way with a package transaction on mini1. */
  async function upInTransaction() {
    const up = startPulumi(cluster, ["up", "--yes", "--skip-preview"]);
    await until(cluster.lab, "mini1", "grep -qs 'NEW packages' /run/minirack-apt.log"); // apt's lists are there
    return { ...up, started: processTree(up.pid) };
  }
  /** Keeps a package transaction of mini1 from its first step until it is let go. */
  async function heldTransaction() {
    const hook = `DPkg::Pre-Invoke {"while [ -e /run/held ]; do sleep 0.1; done";};`;
    const file = "/etc/apt/apt.conf.d/99held";
    await cluster.lab.on("mini1", `touch /run/held; echo '${hook}' > ${file}`);
    const letGo = async () => void (await cluster.lab.on("mini1", `rm -f /run/held ${file}`));
    onTestFinished(letGo);
    return { letGo };
  }
  const transactionEnds = async () => {
    await until(cluster.lab, "mini1", "! systemctl is-active -q minirack-apt");
    expect(await cluster.lab.on("mini1", "dpkg-query -W -f='${Status}' jq")).toBe("install ok installed");
  };
  const converges = async () => {
    await cluster.pulumi("up", "--yes", "--skip-preview");
    expect(await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh")).toMatch(
      /Resources:\n {4}\d+ unchanged\n/,
    );
  };
  const givesBack = async () => {
    await cluster.pulumi("destroy", "--yes", "--skip-preview");
    for (const node of nodeNames) {
      expect(withoutVersions(await labSnapshot(node, "labg"))).toBe(withoutVersions(before.get(node) ?? ""));
    }
  };

  test("by Ctrl-C does not wait for the package transaction, lets it finish and says so", async () => {
    const transaction = await heldTransaction();
    const { ended, started, pid } = await upInTransaction();
    process.kill(pid, "SIGINT");
    const { output, exitCode } = await ended;
    await noOrphans(cluster.lab, started);
    await cluster.lab.on("mini1", "systemctl is-active minirack-apt");
    await transaction.letGo();
    await transactionEnds();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("node mini1: packages: cancel: expected to go on to the end, got a cancel; ");
    expect(output).toContain("a package transaction that has begun is let finish on the node");
    await converges();
    await givesBack();
  });

  test("by kill -9 of the CLI leaves nothing behind that runs, and the next up converges", {
    tags: "matrix",
  }, async () => {
    const { ended, started, pid } = await upInTransaction();
    process.kill(pid, "SIGKILL");
    await ended;
    await noOrphans(cluster.lab, started);
    await transactionEnds();
    await cluster.prepared.pulumi(["cancel", "--yes", "--stack", "devg"]);
    await converges();
    await givesBack();
  });

  test("by kill -9 of the provider fails, leaves nothing behind that runs, and the next up converges", {
    tags: "matrix",
  }, async () => {
    const { ended, started } = await upInTransaction();
    for (const one of started.filter(isProvider)) process.kill(one.pid, "SIGKILL");
    const { exitCode } = await ended;
    await noOrphans(cluster.lab, started);
    await transactionEnds();
    expect(exitCode).not.toBe(0);
    await converges();
  });

  test("by a dead node is done everywhere else", { tags: "matrix" }, async () => {
    await cluster.lab.on("mini1", "rm /srv/minirack/notes/readme.txt");
    await cluster.lab.on("mini3", "rm /srv/minirack/notes/readme.txt");
    await execa("docker", ["stop", "minirack-labg-mini2"]);
    const refresh = await startPulumi(cluster, ["refresh", "--yes", "--skip-preview"]).ended;
    expect(refresh.output).toContain("node mini2: ");
    expect(refresh.output).toContain("to go on without it: --exclude '**::mini2-*'");
    expect(refresh.exitCode).not.toBe(0);
    const without = await cluster.pulumi(
      "up",
      "--yes",
      "--skip-preview",
      "--refresh",
      "--exclude",
      "**::mini2-*",
    );
    expect(without).toMatch(/~ 2 updated/);
    expect(await cluster.lab.on("mini3", "cat /srv/minirack/notes/readme.txt")).toBe("notes");
  });

  test("destroy of a dead node names it; told to forget it, destroy says what stays there", {
    tags: "matrix",
  }, async () => {
    const failed = await startPulumi(cluster, ["destroy", "--yes", "--skip-preview"]).ended;
    expect(failed.exitCode).not.toBe(0);
    expect(failed.output).toContain("node mini2: ");
    const { output, exitCode } = await startPulumi(cluster, ["destroy", "--yes", "--skip-preview"], {
      MINIRACK_FORGET_UNREACHABLE: "mini2",
    }).ended;
    expect(output).toContain(
      "node mini2: packages: forgotten, as MINIRACK_FORGET_UNREACHABLE says; stays there: jq",
    );
    expect(exitCode).toBe(0);
    for (const node of ["mini1", "mini3"])
      expect(withoutVersions(await labSnapshot(node, "labg"))).toBe(withoutVersions(before.get(node) ?? ""));
  });
});

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}
