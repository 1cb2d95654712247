import { cpSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCluster } from "../../config/cluster.ts";
import { settingByKey } from "../../provider/settings/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const good = (name: string) => new URL(`good/${name}.yaml`, import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;

describe("the least cluster file", () => {
  test("has every default", () => {
    const { folder, ...cluster } = loadCluster(good("defaults"), "home");
    expect(folder).toBe(new URL("good", import.meta.url).pathname);
    expect(cluster).toEqual({
      identityFile: "~/.ssh/minirack/home",
      mpi: undefined,
      training: undefined,
      notebook: undefined,
      links: undefined,
      nodes: [
        {
          ...{ name: "mini1", host: "10.0.0.1", port: 22, user: "root", os: "linux", role: "trainer" },
          hooks: { afterUp: {} },
          settings: {},
          data: {},
        },
      ],
    });
  });
});

describe("a cluster file with settings for all and for single nodes", () => {
  const { nodes, identityFile, training, links } = loadCluster(good("merged"), "dev");
  const [plain, special] = nodes;

  test("gives each node its own user, port and role", () => {
    expect(nodes.map(({ user, port, role }) => [user, port, role])).toEqual([
      ["rack", 22, "trainer"],
      ["operator", 2222, "driver"],
    ]);
  });

  test("takes the cluster's key from where the file is", () => {
    expect(identityFile).toBe(relative(".", good("merged").replace("merged.yaml", "keys/cluster")));
  });

  test("gives all nodes what is wanted on all", () => {
    expect(plain?.settings.files).toEqual({
      "/etc/motd": { content: "for all\n", mode: "0644", owner: "root:root" },
      "/etc/issue": { content: "for all\n", mode: "0600", owner: "rack:rack" },
    });
    expect(plain?.settings.pythonEnvironment).toEqual({
      training: { python: "3", requirements: { numpy: "==2.4.6", scipy: ">=1.17" } },
    });
    expect(plain?.settings.linkAddress).toBeUndefined();
  });

  test("lets a node's own entry take the place of the shared one, and reads the files that it names", () => {
    expect(special?.settings.files).toEqual({
      "/etc/motd": { content: "for one\n", mode: "0640", owner: "root:root" },
      "/etc/issue": { content: "for all\n", mode: "0600", owner: "rack:rack" },
    });
    expect(special?.settings.pythonEnvironment).toEqual({
      training: {
        python: "3.13",
        requirements: {
          numpy: "==2.4.6 --hash=sha256:aa --hash=sha256:bb",
          "scikit-learn": "[alldeps]==1.9.1 --hash=sha256:cc",
        },
      },
    });
    expect(special?.settings.linkAddress).toEqual({ eth1: "172.31.0.12/24" });
    expect(special?.settings.caCertificates).toEqual({
      rack: "-----BEGIN CERTIFICATE-----\nMIIB0rack\n-----END CERTIFICATE-----\n",
    });
  });

  test("adds the packages that other settings need", () => {
    expect(Object.keys(plain?.settings.packages ?? {}).sort()).toEqual([
      "ca-certificates",
      "jq",
      "python3-venv",
    ]);
    expect(Object.keys(special?.settings.packages ?? {}).sort()).toEqual([
      "ca-certificates",
      "htop",
      "iperf3",
      "iputils-ping",
      "jq",
      "python3-venv",
    ]);
  });

  test("keeps secrets as references", () => {
    expect(special?.sudoPassword).toEqual({ file: "files/password" });
    expect(special?.firstContact).toEqual({
      identityFile: "~/.ssh/id_ed25519",
      password: { config: "firstPassword" },
    });
  });

  test("says how links are measured", () => {
    expect(links).toEqual({ minGbps: 5, trigger: "new cables" });
  });

  test("names the training's environment and role", () => {
    expect(training).toEqual({ environment: "training", role: "driver" });
  });

  test("gives every setting a value that its rule takes", () => {
    for (const { settings } of nodes) {
      for (const [key, value] of Object.entries(settings)) {
        expect(settingByKey(key).value.parse(value)).toEqual(value);
      }
    }
  });
});

describe("a node without what stands above nodes", () => {
  const [node, mac] = loadCluster(good("without"), "dev").nodes;

  test("has its own entries under that key, and what other keys want for all", () => {
    expect(node?.settings).toEqual({ packages: { htop: "installed", vim: "installed" } });
  });

  test("is one with macOS, which shares nothing with Linux yet", () => {
    expect([mac?.os, mac?.settings]).toEqual(["macos", {}]);
  });
});

describe("the project's own cluster file", () => {
  test("loads wherever the project is", () => {
    const folder = temporaryFolder();
    for (const path of ["stacks", "examples", "runners/training/requirements.txt"])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    const { nodes } = loadCluster(join(folder, "stacks", "dev.yaml"), "dev");
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) expect(node.settings).toHaveProperty("linkAddress");
  });
});
