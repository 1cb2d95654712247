import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { labWait } from "../../scripts/lab/labWait.ts";
import { exportedResources } from "../../scripts/pulumi/exportedResources.ts";
import { providerProcess } from "../support/providerProcess.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";
import { clusterFile, declare, mini1, mini2, mini3 } from "./changes/clusterFile.ts";
import { heldLock } from "./changes/heldLock.ts";
import { optionsProgram } from "./changes/optionsProgram.ts";
import { previewed, previewedDiffs } from "./changes/previewed.ts";

const stack = "devlabh";
const lab = "labh";
const nothingToDo = /Resources:\n {4}\d+ unchanged\n/;
const quick = ["--yes", "--skip-preview"];

/** apt upgrades what a new package needs in a newer version; that stays. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}

/** What a command that fails has printed. */
async function failureOf(running: Promise<unknown>): Promise<string> {
  const printed = z.object({ all: z.string() });
  return await running.then(
    () => expect.fail("expected a failure, got success"),
    (error: unknown) => printed.parse(error).all,
  );
}

describe.sequential("changes of a cluster on three lab nodes", { tags: "matrix" }, () => {
  let cluster: TestCluster;
  const before = new Map<string, string>();
  const docker = (...args: string[]) => execa("docker", args);
  const container = (node: string) => `minirack-${lab}-${node}`;
  const motd = (node: string) => cluster.lab.on(node, "cat /etc/motd");
  const command = (script: string, ...args: string[]) =>
    execa(join(root, script), [...args, "--stack", stack, "--config-file", cluster.configFile], {
      stdin: "ignore",
      all: true,
    });
  const onNode = (...args: string[]) =>
    command("node_modules/.bin/tsx", join(root, "scripts/stack.ts"), ...args, ...quick);
  const connectionOfMini1 = async () => {
    const resources = await exportedResources(cluster.prepared, stack);
    return resources.find(({ urn }) => urn.endsWith("::alpha-files"))?.inputs.connection ?? null;
  };
  const expectAsBefore = async (node: string) =>
    expect(withoutVersions(await labSnapshot(node, lab))).toBe(withoutVersions(before.get(node) ?? ""));

  beforeAll(async () => {
    await declare(mini1, mini2, mini3);
    cluster = await freshTestCluster({ stack, clusterFile, lab: [lab, 2700, "172.31.7.0/24"] });
    for (const node of nodeNames) before.set(node, await labSnapshot(node, lab));
  });
  afterAll(() => endTestCluster(cluster));

  test("a node that is down at the first up fails alone; the next up completes it", async () => {
    await docker("stop", "--time", "1", container("mini3"));
    const printed = await failureOf(cluster.pulumi("up", ...quick));
    expect(printed).toContain("node mini3: connect: expected sshd at 127.0.0.1:2703");
    expect(printed).not.toMatch(/mini3-(?!hostKey)\w+ \*\*creating failed/);
    const made = (await exportedResources(cluster.prepared, stack)).map(({ urn }) => urn.split("::").at(-1));
    const own = ["sshAccess", "packages", "files", "caCertificates", "linkAddress", "pythonEnvironment"];
    for (const key of own) expect(made).toEqual(expect.arrayContaining([`mini1-${key}`, `mini2-${key}`]));
    expect(made.filter((name) => /-peers$|-files-training$/.test(name ?? ""))).toEqual([]);
    await docker("start", container("mini3"));
    await labWait(lab);
    const completed = await cluster.pulumi("up", ...quick);
    expect(completed).toMatch(/\+ 13 created/);
    expect(completed).not.toMatch(/updated|deleted|error/);
  });

  test("--node stays with one node", async () => {
    for (const node of ["mini1", "mini2"]) await cluster.lab.on(node, "echo more >> /etc/motd");
    expect((await onNode("up", "--node", "mini2", "--refresh")).all).toMatch(/~ 1 updated/);
    expect(await motd("mini2")).not.toContain("more");
    expect(await motd("mini1")).toContain("more");
    expect(await failureOf(onNode("up", "--node", "mini9"))).toContain(
      "expected a node (mini1, mini2, mini3), got mini9",
    );
  });

  test("of two commands at once the second is told that the stack is locked", async () => {
    const lock = await heldLock(cluster.lab, "mini1", "files");
    const first = cluster.pulumi("up", ...quick, "--refresh");
    await lock.waiters(1);
    const second = await failureOf(cluster.pulumi("up", ...quick));
    await lock.release();
    expect(second).toContain("currently locked");
    expect(await first).toMatch(/~ 1 updated/);
    expect(await motd("mini1")).not.toContain("more");
  });

  test("a node renamed and one moved are updated, and so is what names them", async () => {
    const idsBefore = (await exportedResources(cluster.prepared, stack)).map(({ id }) => id).sort();
    const inspect = await docker(
      "inspect",
      "--format",
      "{{.NetworkSettings.Networks.bridge.IPAddress}}",
      container("mini2"),
    );
    const moved = { ...mini2, host: inspect.stdout, port: 22 };
    await declare({ ...mini1, name: "alpha", formerName: "mini1" }, moved, mini3);
    const diffs = await previewedDiffs(cluster);
    expect([...new Set(Object.values(await previewed(cluster)))]).toEqual(["update"]);
    expect(diffs["alpha-packages"]).toEqual(["node"]);
    expect(diffs["mini2-hostKey"]).toEqual(["host", "port"]);
    expect(diffs["mini2-packages"]).toEqual(["connection.host", "connection.port"]);
    expect(diffs["mini3-peers"]).toEqual(["peers.alpha", "peers.mini1"]);
    expect(Object.keys(diffs).filter((name) => name.startsWith("mini3"))).toEqual(["mini3-peers"]);
    expect(await cluster.pulumi("up", ...quick)).toMatch(/~ 19 updated\n {4}17 unchanged/);
    await declare({ ...mini1, name: "alpha" }, moved, mini3);
    expect(await cluster.pulumi("up", ...quick, "--refresh")).toMatch(nothingToDo);
    expect((await exportedResources(cluster.prepared, stack)).map(({ id }) => id).sort()).toEqual(idsBefore);
  });

  test("a node taken out is given back, and the lists that name it are updated", async () => {
    await declare({ ...mini1, name: "alpha" }, mini2);
    const operations = await previewed(cluster);
    const others = Object.entries(operations).filter(([name]) => !/^mini[23]/.test(name));
    expect(others).toEqual([["alpha-peers", "update"]]);
    expect(operations["mini3-packages"]).toBe("delete");
    expect(await cluster.pulumi("up", ...quick)).toMatch(/- 10 deleted/);
    await expectAsBefore("mini3");
  });

  test("a node put in is previewed while it is not there, and touches nothing but those lists", async () => {
    await docker("stop", "--time", "1", container("mini3"));
    await declare({ ...mini1, name: "alpha" }, mini2, mini3);
    const operations = Object.entries(await previewed(cluster));
    expect(operations.filter(([name]) => name.startsWith("mini3")).every(([, op]) => op === "create")).toBe(
      true,
    );
    expect(operations.filter(([name]) => !name.startsWith("mini3")).sort()).toEqual([
      ["alpha-peers", "update"],
      ["mini2-peers", "update"],
    ]);
    await docker("start", container("mini3"));
    await labWait(lab);
    expect(await cluster.pulumi("up", ...quick)).toMatch(/\+ 10 created\n {4}~ 2 updated/);
  });

  test("destroy --node gives one node back, with what names it on the others; up makes them again", async () => {
    expect((await onNode("destroy", "--node", "mini3")).all).toMatch(/- 14 deleted\n {4}22 unchanged/);
    await expectAsBefore("mini3");
    await declare({ ...mini1, name: "alpha" }, mini2);
    expect(await cluster.pulumi("up", ...quick)).toMatch(/\+ 4 created\n {4}22 unchanged/);
  });

  test("Pulumi's resource options do what they say", async () => {
    const connection = await connectionOfMini1();
    const program = await optionsProgram(cluster, { name: "mini1", connection });
    const contents = async () => {
      const printed = await cluster.lab.on("mini1", "cd /etc/minirack-options; grep -H . *");
      return Object.fromEntries(printed.split("\n").map((line) => line.split(":")));
    };
    try {
      const lock = await heldLock(cluster.lab, "mini1", "files");
      const first = failureOf(program.pulumi("one", "up", ...quick));
      const ended = first.then((printed) => expect.fail(`expected up to wait for the lock, got ${printed}`));
      await Promise.race([lock.waiters(5), ended]);
      await Promise.race([lock.waiters(4), ended]); // customTimeouts: one has given up
      await lock.release();
      expect(await first).toMatch(/mini1-files-timed[\s\S]*within 20 s, got another process that holds it/);
      expect(await contents()).toEqual({ plain: "one", ignored: "one", protected: "one", replaced: "one" });
      const second = await program.pulumi("two", "up", ...quick);
      expect(second).toMatch(/\+ 1 created\n {4}~ 2 updated\n {4}\+-1 replaced/);
      const two = { plain: "two", ignored: "one", protected: "two", replaced: "two", timed: "two" };
      expect(await contents()).toEqual(two);
      await program.pulumi("three", "up", ...quick, "--target", "**::mini1-files-plain");
      expect(await contents()).toEqual({ ...two, plain: "three" });
      await program.pulumi(
        "four",
        "up",
        ...quick,
        "--exclude",
        "**::mini1-files-timed",
        "--replace",
        "**::mini1-files-plain",
      );
      expect(await contents()).toEqual({
        plain: "four",
        ignored: "one",
        protected: "four",
        replaced: "four",
        timed: "two",
      });
      expect(await failureOf(program.pulumi("four", "destroy", ...quick))).toContain("protect");
      expect(await contents()).toMatchObject({ protected: "four" });
      await program.unprotect();
      await program.pulumi("four", "destroy", ...quick);
      expect(await cluster.lab.on("mini1", "ls -d /etc/minirack-options 2>/dev/null || echo gone")).toBe(
        "gone\n".trim(),
      );
    } finally {
      await program.end();
    }
  });

  test("two providers that change one setting of a node at once leave it right", async () => {
    const connection = await connectionOfMini1();
    const wanted = (name: string) => ({
      node: "mini1",
      purpose: "race",
      connection,
      files: { [`/etc/minirack-race/${name}`]: { content: name, mode: "0644", owner: "root:root" } },
    });
    const [one, two, stranger] = await Promise.all([
      providerProcess(stack),
      providerProcess(stack),
      providerProcess("other"),
    ]);
    try {
      const kept = await Promise.all([
        one.create("files", wanted("one")),
        two.create("files", wanted("two")),
      ]);
      const there = (await cluster.lab.on("mini1", "ls /etc/minirack-race")).trim();
      expect(["one", "two"]).toContain(there);
      const record: unknown = JSON.parse(
        await cluster.lab.on("mini1", "cat /var/lib/minirack/files.race.json"),
      );
      expect(record).toMatchObject({ entries: { [`/etc/minirack-race/${there}`]: null } });
      await Promise.all(kept.map((each) => one.delete(each)));
      const race = await Promise.allSettled([
        one.create("files", wanted("one")),
        stranger.create("files", wanted("other")),
      ]);
      const refused = race
        .filter((result) => result.status === "rejected")
        .map(({ reason }) => String(reason));
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatch(
        /to be managed by stack minirack\/\w+ alone, got the record of stack minirack\/\w+/,
      );
      for (const result of race) {
        if (result.status !== "fulfilled") continue;
        await (result === race[0] ? one : stranger).delete(result.value);
      }
      expect(
        (await cluster.lab.on("mini1", "ls -d /etc/minirack-race 2>/dev/null || echo gone")).trim(),
      ).toBe("gone");
    } finally {
      await Promise.all([one.close(), two.close(), stranger.close()]);
    }
  });

  test("give-back puts nodes back whose state is lost, and refuses what is not lost or not ours", async () => {
    expect(await failureOf(command("scripts/give-back", "mini2", "--yes"))).toContain(
      "expected a lost state",
    );
    await cluster.prepared.pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"]);
    const others = ["--take-over", "minirack/other", "--yes"];
    expect(await failureOf(command("scripts/give-back", "mini2", ...others))).toContain(
      "expected records of minirack/other, got those of minirack/devlabh (id ",
    );
    const listed = (await command("scripts/give-back", "mini2")).all;
    expect(listed).toMatch(/^files +\/etc\/motd +put back$/m);
    expect(listed).toMatch(/^packages +jq +remove$/m);
    await Promise.all(["alpha", "mini2"].map((node) => command("scripts/give-back", node, "--yes")));
    expect((await command("scripts/give-back", "mini2")).all).toContain("mini2 holds no record of minirack");
    for (const node of ["mini1", "mini2"]) await expectAsBefore(node);
  });
});
