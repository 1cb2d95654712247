import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../../components/cluster.ts";
import { loadCluster } from "../../config/cluster.ts";
import { settings, settingToken } from "../../provider/settings/index.ts";
import { notebookOutputsSchema } from "../../runners/notebook/notebookOutputs.ts";
import { type Registered, recordedProgram } from "../support/recordedProgram.ts";

const file = new URL("shelf.yaml", import.meta.url).pathname;
const secretSignature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const trainingCode = [{ path: "minirack_training/run.py", content: "print(1)\n" }];

let resources: ReadonlyMap<string, Registered>;
let training: unknown;
let notebook: unknown;

beforeAll(async () => {
  pulumi.runtime.setAllConfig({ "minirack:firstPassword": "let me in" }, ["minirack:firstPassword"]);
  const cluster = loadCluster(file, "dev");
  const program = await recordedProgram(() => {
    const config = new pulumi.Config("minirack");
    return new Cluster("dev", { cluster, stack: "dev", config, trainingCode });
  });
  resources = program.resources;
  training = await new Promise((resolve) => program.result.training?.outputs.apply(resolve));
  notebook = await new Promise((resolve) => program.result.notebook?.outputs.apply(resolve));
});

function resource(name: string): Registered {
  const found = resources.get(name);
  if (found === undefined) throw new Error(`expected ${name}, got ${[...resources.keys()].join(", ")}`);
  return found;
}

/** All that a resource waits for, however long the way. */
function waitsFor(name: string, seen = new Set<string>()): Set<string> {
  for (const one of resources.get(name)?.dependsOn ?? []) {
    if (!seen.has(one)) waitsFor(one, seen.add(one));
  }
  return seen;
}

describe("a cluster's resources", () => {
  test("are these, each under the component that it belongs to", async () => {
    const tree = [...resources.values()].map(({ name, type, parent }) => `${parent} > ${name} (${type})\n`);
    await expect(tree.sort().join("")).toMatchFileSnapshot("shelf.txt");
  });

  test("have names and tokens by node and setting", () => {
    for (const { name, type } of resources.values()) {
      const [node, key] = name.split("-");
      const setting = settings.find((one) => one.key === key);
      if (setting !== undefined) expect([node, type]).toEqual([node, settingToken(setting.key)]);
    }
    expect(resource("mini1-packages").type).toBe("minirack:node:Packages");
    expect(resource("mini1-files-training").type).toBe("minirack:node:Files");
  });

  test("are at most 15 on a node", () => {
    for (const node of ["mini1", "mini2", "observer"]) {
      const own = [...resources.values()].filter(({ inputs }) => inputs.node === node);
      expect(own.length).toBeLessThanOrEqual(15);
    }
  });
});

describe("the order", () => {
  test("is access before all else on a node", () => {
    for (const { name, type, inputs } of resources.values()) {
      if (inputs.node === undefined || /SshAccess|HostKey/.test(type)) continue;
      expect(waitsFor(name), name).toContain(`${inputs.node}-sshAccess`);
    }
  });

  test("is the host key and the cluster's key before access", () => {
    expect(waitsFor("mini1-sshAccess")).toEqual(new Set(["mini1-hostKey", "ssh-key"]));
  });

  test("is packages, then certificates, then Python", () => {
    expect(waitsFor("mini2-caCertificates")).toContain("mini2-packages");
    expect([...waitsFor("mini2-pythonEnvironment")]).toEqual(
      expect.arrayContaining(["mini2-packages", "mini2-caCertificates"]),
    );
  });

  test("is the environment, every link's address and the node's peers before its training", () => {
    expect([...waitsFor("mini1-files-training")]).toEqual(
      expect.arrayContaining([
        "mini1-pythonEnvironment",
        "mini1-linkAddress",
        "mini2-linkAddress",
        "mini1-peers",
      ]),
    );
  });
});

describe("hooks", () => {
  test("of a node go before those for all, and wait for all its settings", () => {
    expect(resource("mini1-hook-greet").inputs).toMatchObject({
      triggers: ["echo shared", 1],
      update: "true",
    });
    expect(resource("mini2-hook-greet").inputs).toMatchObject({ triggers: ["echo own"] });
    for (const { name } of resources.values())
      if (/^mini2-(?!files-|hook-)/.test(name)) expect(waitsFor("mini2-hook-greet")).toContain(name);
  });

  test("are given the path of the key and the pinned host key, and their command over stdin", () => {
    const { environment, stdin } = resource("mini1-hook-greet").inputs;
    expect(environment).toMatchObject({
      MINIRACK_IDENTITY_FILE: "~/.ssh/minirack/dev",
      MINIRACK_HOST_KEY: "ssh-ed25519 AAAAhost-mini1",
    });
    expect(stdin).toContain("echo shared");
  });
});

describe("MPI", () => {
  test("is on the nodes that have a link, after packages, addresses and peers of all of them", () => {
    expect(resource("mpi-exchange").inputs).toMatchObject({
      implementation: "openmpi",
      node: "mini1",
      interface: "eth1",
      addresses: { mini1: "172.31.0.11", mini2: "172.31.0.12" },
    });
    const first = ["packages", "linkAddress", "peers", "files"];
    const before = ["mini1", "mini2"].flatMap((node) => first.map((key) => `${node}-${key}`));
    expect([...waitsFor("mpi-exchange")]).toEqual(expect.arrayContaining(before));
    expect(resource("mini1-files").inputs.files).toHaveProperty(["/etc/minirack/mpi/hostfile"]);
    expect(resources.has("observer-files")).toBe(false);
    expect(resource("mini1-packages").inputs.packages).toMatchObject({ "openmpi-bin": "installed" });
    expect(resource("observer-packages").inputs.packages).not.toHaveProperty("openmpi-bin");
  });
});

describe("peers", () => {
  test("of a node are the other linked nodes", () => {
    expect(Object.keys(Object(resource("mini1-peers").inputs.peers))).toEqual(["mini2"]);
    expect(Object.keys(Object(resource("mini2-peers").inputs.peers))).toEqual(["mini1"]);
    expect(resources.has("observer-peers")).toBe(false);
  });

  test("are known by link address, host key and the key made there", () => {
    expect(resource("mini1-peers").inputs.peers).toEqual({
      mini2: {
        address: "172.31.0.12",
        port: 22,
        user: "rack",
        hostKey: "ssh-ed25519 AAAAhost-mini2",
        publicKey: "ssh-ed25519 AAAAmini2-sshAccess",
      },
    });
  });
});

describe("secrets", () => {
  test("go to the engine wrapped, wherever they are", () => {
    for (const { name, wrapped, inputs } of resources.values()) {
      if (inputs.node !== "mini2" || name === "mini2-hostKey") continue;
      expect(wrapped.connection, name).toMatchObject({
        sudoPassword: { ...secretSignature, value: "sudo, please" },
      });
    }
  });

  test("of the first contact are access's alone", () => {
    expect(resource("observer-sshAccess").wrapped.firstContact).toEqual({
      password: { ...secretSignature, value: "let me in" },
    });
    const others = [...resources.values()].filter(({ name }) => !name.endsWith("-sshAccess"));
    expect(JSON.stringify(others)).not.toContain("let me in");
  });

  test("are not in the runners' outputs", () => {
    expect(JSON.stringify([training, notebook])).toContain("mini2");
    expect(JSON.stringify([training, notebook])).not.toContain("sudo, please");
  });
});

test("training is told its nodes, their link addresses and its Python", () => {
  expect(training).toMatchObject({
    nodes: [
      { name: "mini1", linkAddress: "172.31.0.11", interface: "eth1" },
      { name: "mini2", linkAddress: "172.31.0.12", interface: "eth1" },
    ],
    directory: "/opt/minirack/training",
    python: "/opt/minirack/environments/training/bin/python",
  });
});

test("notebooks are told their nodes, where runs and data lie there, and uv", () => {
  const connection = { host: "10.0.0.2", user: "rack", hostKey: "ssh-ed25519 AAAAhost-mini2" };
  const data = {
    prices: { path: "/srv/data/prices", digest: expect.any(String) },
    news: { path: "/mnt/news" },
  };
  expect(notebookOutputsSchema.parse(notebook)).toMatchObject({
    baseImage: "python:3.13-slim",
    nodes: [
      {
        name: "mini2",
        connection,
        runsFolder: "/srv/minirack/runs",
        uv: "/opt/minirack/uv/bin/uv",
        data,
      },
    ],
  });
});

test("what notebooks need is on their nodes alone", () => {
  expect(resource("mini2-files").inputs.files).toHaveProperty(["/srv/minirack/runs/"]);
  expect(resource("mini1-files").inputs.files).not.toHaveProperty(["/srv/minirack/runs/"]);
  expect(resource("mini1-pythonEnvironment").inputs.pythonEnvironment).not.toHaveProperty(["notebook-uv"]);
});
