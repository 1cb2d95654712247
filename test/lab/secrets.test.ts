import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyPrivateKey, secretSearch } from "../support/secretSearch.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";
import { clusterFile, declare, portBase } from "./secrets/clusterFile.ts";
import { addFiles, addNodes, addProcesses } from "./secrets/collect.ts";
import { heldKeys } from "./secrets/heldKeys.ts";
import { loudPulumi } from "./secrets/loudPulumi.ts";
import { newPassword, passwordFile, setPassword } from "./secrets/passwords.ts";
import { Places } from "./secrets/places.ts";
import { plant } from "./secrets/plant.ts";
import { type ProcessSampler, processSampler } from "./secrets/processSampler.ts";

const stack = "devs";
const quick = ["--yes", "--skip-preview"];

/** A node's name and no secret. Where it is not found, a secret would not be found either. */
const canary = "canary-9e107d9d";

const passwords = {
  refusedSudo: newPassword(),
  refusedFirst: newPassword(),
  sudoInFile: newPassword(),
  sudoInPulumi: newPassword(),
  first: newPassword(),
  redis: newPassword(),
};

describe.sequential("the secrets of a cluster", { tags: "matrix" }, () => {
  const since = Date.now();
  const places = new Places();
  const samplers = new Map<string, ProcessSampler>();
  const secrets: Record<string, string | Buffer> = { ...passwords, ...anyPrivateKey };
  let cluster: TestCluster;

  const pulumi = (...args: string[]) => loudPulumi(cluster, places, args);
  const file = (name: keyof typeof passwords) => passwordFile(cluster.lab, name, passwords[name]);
  const foundInDecryptedState = async () => {
    Object.assign(secrets, await heldKeys(cluster));
    const args = ["stack", "export", "--show-secrets", "--stack", stack];
    return secretSearch(secrets)((await cluster.prepared.pulumi(args)).stdout);
  };

  beforeAll(async () => {
    cluster = await freshTestCluster({ stack, clusterFile, lab: ["labs", portBase, "172.31.9.0/24"] });
    await setPassword(cluster.lab, "mini2", passwords.sudoInFile);
    await setPassword(cluster.lab, "mini3", passwords.first);
    samplers.set("controller", await processSampler());
    for (const node of nodeNames)
      samplers.set(
        node,
        await processSampler("docker", "exec", "-i", `minirack-${cluster.lab.stack}-${node}`),
      );
  });
  afterAll(async () => {
    await Promise.all([...samplers.values()].map((sampler) => sampler.end()));
    await endTestCluster(cluster);
  });

  test("wrong passwords are refused", async () => {
    const [sudoPassword, firstPassword] = [await file("refusedSudo"), await file("refusedFirst")];
    const redisPassword = await file("redis");
    await declare({ name: canary, sudoPassword, firstPassword, redisPassword });
    const { exitCode, printed } = await pulumi("up", ...quick);
    expect(exitCode).toBeGreaterThan(0);
    expect(printed).toContain("expected the sudoPassword of user rack to be right, got a refusal");
    expect(printed).toContain("expected user rack to be let in with");
  });

  test("those in files are used, and the state holds them and no private key", async () => {
    const [sudoPassword, firstPassword] = [await file("sudoInFile"), await file("first")];
    const redisPassword = await file("redis");
    await declare({ name: canary, sudoPassword, firstPassword, redisPassword });
    expect(await pulumi("up", ...quick)).toMatchObject({ exitCode: 0 });
    expect(await foundInDecryptedState()).toEqual(["sudoInFile in JSON", "first in JSON"]);
  });

  test("one in Pulumi's configuration is used, and takes the place of the other in the state", async () => {
    await setPassword(cluster.lab, "mini2", passwords.sudoInPulumi);
    const key = ["minirack:sudoPassword", "--stack", stack, "--config-file", cluster.configFile];
    await cluster.prepared.pulumi(["config", "set", "--secret", ...key], { input: passwords.sudoInPulumi });
    const [firstPassword, redisPassword] = [await file("first"), await file("redis")];
    await declare({ name: canary, sudoPassword: { config: "sudoPassword" }, firstPassword, redisPassword });
    for (const command of [
      ["preview", "--json"],
      ["preview", "--diff"],
      ["up", ...quick],
      ["refresh", ...quick],
    ])
      expect(await pulumi(...command)).toMatchObject({ exitCode: 0 });
    expect(await foundInDecryptedState()).toEqual(["sudoInPulumi in JSON", "first in JSON"]);
  });

  test("what a hand adds to a file that holds one is named without it", async () => {
    await cluster.lab.on("mini1", "echo 'maxclients 99' >> /etc/redis/minirack.conf");
    const { exitCode, printed } = await pulumi("preview", "--refresh", "--diff");
    expect(exitCode).toBe(0);
    expect(printed).toContain("/etc/redis/minirack.conf");
    expect(await pulumi("up", "--refresh", ...quick)).toMatchObject({ exitCode: 0 });
  });

  test("a service that holds one and does not start is an error without it", async () => {
    await cluster.lab.on("mini1", "systemctl stop redis-server; mv /usr/bin/redis-server /usr/bin/away");
    const { exitCode, printed } = await pulumi("up", "--refresh", ...quick);
    await cluster.lab.on("mini1", "mv /usr/bin/away /usr/bin/redis-server");
    expect(exitCode).toBeGreaterThan(0);
    expect(printed).toContain("redis-server");
    expect(await pulumi("up", "--refresh", ...quick)).toMatchObject({ exitCode: 0 });
  });

  test("are in none of the places where they might come to light", async () => {
    await pulumi("stack", "export");
    await pulumi("stack", "output", "--json");
    await plant(canary, cluster.lab, samplers);
    await addNodes(places, cluster.lab);
    await addFiles(places, cluster, since);
    expect(await pulumi("destroy", ...quick)).toMatchObject({ exitCode: 0 });
    await addNodes(places, cluster.lab);
    await addFiles(places, cluster, since);
    await addProcesses(places, samplers);
    expect(places.find(secretSearch(secrets))).toEqual({});
  });

  test("would be found there: what is no secret is found in every place that is not encrypted", () => {
    expect(Object.keys(places.find(secretSearch({ canary }))).sort()).toEqual([
      "arguments on a node",
      "arguments on the controller",
      "backups in the backend's folder",
      "environments on a node",
      "environments on the controller",
      "history in the backend's folder",
      "journal of a node",
      "log files of a node",
      "pulumi preview --json",
      "pulumi stack export",
      "pulumi stack output --json",
      "records on a node",
      "stacks in the backend's folder",
      "verbose log",
      "what Pulumi prints",
    ]);
  });
});
