import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";
import { mountUnit } from "../../../config/features/mount.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  return () => vi.unstubAllEnvs();
});

/** What a node is to be, of a cluster file that says this of it. */
function settingsOf(yaml: string, files: Record<string, string> = {}) {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, "c.yaml"), `user: rack\n${yaml}\nnodes: [{ name: mini1, host: 10.0.0.1 }]\n`);
  return loadCluster(join(folder, "c.yaml"), "dev").nodes[0]?.settings ?? {};
}
const files = { "data/a.csv": "one\n", "data/b.tmp": "two\n" };

describe("a data set", () => {
  test("of the controller is root's, read-only, and nothing else lies there", () => {
    const { syncedFolders } = settingsOf(
      'dataSets: { prices: { source: data, path: /srv/prices, ignore: ["*.tmp"] } }',
      files,
    );
    expect(syncedFolders).toEqual({
      "dataSets/prices": {
        source: expect.stringMatching(/\/data$/),
        ...{ path: "/srv/prices", owner: "root:root", folderMode: "0555", isExact: true, drift: {} },
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  test("of a group is closed to others", () => {
    const { syncedFolders } = settingsOf(
      "dataSets: { prices: { source: data, path: /srv/prices, group: traders } }",
      files,
    );
    expect(syncedFolders).toMatchObject({
      "dataSets/prices": { owner: "root:traders", folderMode: "0550" },
    });
  });

  test("that is there already is only looked for", () => {
    expect(settingsOf("dataSets: { news: { existing: /mnt/news } }")).toEqual({
      syncedFolders: { "dataSets/news": { existing: "/mnt/news" } },
    });
  });

  test("on a share is a mount unit, its package and its credentials", () => {
    const mount =
      "{ from: //nas/ticks, type: smb, credentials: { user: reader, password: { config: nas } } }";
    const settings = settingsOf(`dataSets: { ticks: { path: /srv/my-ticks, mount: ${mount} } }`);
    expect(settings.packages).toEqual({ "cifs-utils": "installed" });
    expect(Object.keys(settings.files ?? {})).toEqual([
      "/etc/systemd/system/srv-my\\x2dticks.mount",
      "/etc/minirack/ticks.credentials",
    ]);
    expect(settings.files?.["/etc/systemd/system/srv-my\\x2dticks.mount"]).toMatchObject({
      content: expect.stringContaining(
        "What=//nas/ticks\nWhere=/srv/my-ticks\nType=cifs\nOptions=ro,nofail,_netdev,credentials=/etc/minirack/ticks.credentials\n",
      ),
    });
    expect(settings.services).toMatchObject({
      "srv-my\\x2dticks.mount": { isEnabled: true, isRunning: true },
    });
  });
});

test("a mount unit is named as systemd-escape names it", () => {
  const names = ["/srv/data", "/srv/a-b/c d", "/.hidden/ü", "/a_b/c.d:e"].map(mountUnit);
  expect(names).toEqual([
    ...["srv-data.mount", "srv-a\\x2db-c\\x20d.mount", "\\x2ehidden-\\xc3\\xbc.mount", "a_b-c.d:e.mount"],
  ]);
});

describe("a Python environment with a project", () => {
  const project = "projects: { strategy: { folder: strategy, path: /opt/strategy } }";
  const environmentOf = (yaml: string, of: Record<string, string>) =>
    Object(settingsOf(`${project}\npythonEnvironment: { one: ${yaml} }`, of).pythonEnvironment).one.project;
  const toml = { "strategy/pyproject.toml": "[project]\n", "strategy/a.py": "1\n" };

  test("has the lock that lies in the project, uv's before Poetry's", () => {
    const one = "{ project: strategy, extras: [mac] }";
    expect(environmentOf(one, toml)).toMatchObject({
      ...{ path: "/opt/strategy", manifest: "/opt/minirack/projects/strategy.manifest", lock: "none" },
      ...{ extras: ["mac"], groups: [], isEditable: false },
    });
    const poetry = { ...toml, "strategy/poetry.lock": "" };
    expect(environmentOf(one, poetry).lock).toBe("poetry.lock");
    expect(environmentOf(one, { ...poetry, "strategy/uv.lock": "" }).lock).toBe("uv.lock");
  });

  test("is made anew at a change of its code, or if editable only of what it needs", () => {
    const changedBy = (yaml: string, change: Record<string, string>) =>
      environmentOf(yaml, toml).digest !== environmentOf(yaml, { ...toml, ...change }).digest;
    const [copied, editable] = ["{ project: strategy }", "{ project: strategy, isEditable: true }"];
    expect(changedBy(copied, { "strategy/a.py": "2\n" })).toBe(true);
    expect(changedBy(editable, { "strategy/a.py": "2\n" })).toBe(false);
    expect(changedBy(editable, { "strategy/pyproject.toml": "[project]\nname = 'x'\n" })).toBe(true);
  });

  test("must name a project of the node's that can be installed", () => {
    expect(() => environmentOf("{ project: other }", toml)).toThrow(
      'expected one of the node\'s projects (strategy), got "other"; add it to projects',
    );
    expect(() => environmentOf("{ project: strategy }", { "strategy/a.py": "" })).toThrow(
      "expected pyproject.toml or setup.py in the folder of project strategy, got neither; for a requirements.txt alone give requirementsFile",
    );
  });

  test("a project is its owner's, and what others put there stays", () => {
    const settings = settingsOf(project.replace("path", "owner: alice, path"), toml);
    expect(settings.syncedFolders).toMatchObject({
      "projects/strategy": { owner: "alice:", folderMode: "0755", isExact: false },
    });
  });
});
