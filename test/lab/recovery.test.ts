import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { failureOf } from "../support/failureOf.ts";
import { patient } from "../support/patient.ts";
import { type TestLab, testLab } from "../support/testLab.ts";
import { type Changes, clusterText } from "./recovery/clusterFile.ts";
import { bringFirstContact, clusterKey, type OwnProject, ownProject } from "./recovery/ownProject.ts";
import { pageCommands } from "./recovery/pageCommands.ts";

const names = ["mini1", "mini2"];
const unchanged = /Resources:\n {4}\d+ unchanged\n/;
const made = /Resources:\n {4}\+ \d+ created\n/;
const page = pageCommands("docs/manual/recovery.md");

describe.sequential("the page on recovery, typed in a folder of one's own", { tags: "matrix" }, () => {
  let lab: TestLab;
  let project: OwnProject;
  const typed = new Set<string>();
  const before = new Map<string, string>();
  const state = () => join(project.folder, ".minirack");
  const stateFile = () => join(state(), "backend/.pulumi/stacks/shelf/shelf.json");

  /** Types what the page says under a heading. */
  async function follow(heading: string): Promise<string> {
    const commands = page.get(heading);
    if (commands === undefined) throw new Error(`expected "${heading}" in the page, got ${[...page.keys()]}`);
    typed.add(heading).add("Before you begin");
    return await project.type(`${page.get("Before you begin")}${commands}`);
  }
  const pulumi = (command: string) =>
    project.type(`eval "$(npx minirack env)"\nnpx pulumi ${command} --stack shelf`);
  const writeCluster = (changes?: Changes) =>
    writeFile(join(project.folder, "cluster.yaml"), clusterText(lab, changes));
  const onAll = (script: string) => Promise.all(names.map((node) => lab.on(node, script)));
  const snapshots = () => Promise.all(names.map((node) => labSnapshot(node, lab.stack)));
  async function deleteBackend(): Promise<void> {
    expect(existsSync(stateFile())).toBe(true);
    await rm(join(state(), "backend"), { recursive: true });
  }

  beforeAll(async () => {
    lab = await testLab("labz", 4400, "172.31.34.0/24", names);
    [project] = await Promise.all([ownProject(), lab.up()]);
    for (const node of names) before.set(node, await labSnapshot(node, lab.stack));
    await bringFirstContact(project, lab.folder);
    await writeCluster();
  });
  afterAll(async () => {
    await project?.remove();
    await lab?.down();
  });

  test("the package's project previews and provisions the nodes", async () => {
    const first = "npx pulumi config set --secret minirack:firstPassword --stack shelf < first-password";
    const begun = await project.type(`eval "$(npx minirack env)"\nnpx pulumi stack init shelf\n${first}`);
    expect(begun).not.toMatch(/warning|error/i);
    expect(await pulumi("preview")).toMatch(/Resources:\n {4}\+ \d+ to create\n/);
    expect(await pulumi("up --yes --skip-preview")).toMatch(made);
    expect(await project.type("npx minirack check")).toMatch(/no problem in the file/);
  });

  test("a state of which the backend was deleted: nothing on a node is changed, and nothing is left to do", async () => {
    await follow("A backup");
    const right = await snapshots();
    const key = await clusterKey(project);
    await deleteBackend();
    await onAll("touch /run/recovery");
    const output = await follow("The state is gone");
    expect(output).toMatch(made);
    expect(output).toMatch(unchanged);
    expect(await snapshots()).toEqual(right);
    const written =
      "find /etc /home /root /usr/local /opt /srv /var/lib/minirack -newer /run/recovery ! -type d";
    expect(await onAll(written)).toEqual(["", ""]);
    expect(await clusterKey(project)).toBe(key);
  });

  test("a state from before the last changes learns them from the nodes", async () => {
    await writeCluster({ packages: ["jq", "tree"], files: { "/etc/issue.net": { content: "shelf\n" } } });
    await pulumi("up --yes --skip-preview");
    expect(await follow("An old state from a backup")).toMatch(unchanged);
    expect(await onAll("cat /etc/issue.net; command -v tree")).toEqual(Array(2).fill("shelf\n/usr/bin/tree"));
  });

  test("a state that a killed CLI has locked is let go", async () => {
    const locks = join(state(), "backend/.pulumi/locks/organization/shelf/shelf");
    const killed = project.start("up", "--yes", "--skip-preview");
    await vi.waitUntil(() => existsSync(locks) && readdirSync(locks).length > 0, patient);
    killed.kill();
    await killed.ended;
    expect((await failureOf(pulumi("up --yes --skip-preview"))).message).toContain("currently locked");
    expect(await follow("The state is locked")).toMatch(unchanged);
  });

  test("a second controller that shares state, passphrase and key finds nothing to change", async () => {
    const { home } = project;
    await mkdir(join(home, "shared"));
    await cp(join(state(), "backend"), join(home, "shared/minirack-state"), { recursive: true });
    await cp(join(state(), "passphrase"), join(home, "minirack-passphrase"));
    await rename(state(), `${state()}.first`);
    expect(await follow("A second controller")).toMatch(unchanged);
    await rm(state(), { recursive: true });
    await rename(`${state()}.first`, state());
  });

  test("a lost passphrase costs the secrets of the configuration; a setting named empty goes back by its record", async () => {
    await writeFile(join(state(), "passphrase"), "another\n");
    expect((await failureOf(pulumi("preview"))).message).toContain("incorrect passphrase");
    expect(await follow("The passphrase is lost")).toMatch(made);
  });

  test("a lost controller: nodes let in another key, and the lost one no more", async () => {
    const lost = await clusterKey(project);
    await rm(state(), { recursive: true });
    await rm(join(project.home, ".ssh/minirack"), { recursive: true });
    const output = await follow("The controller is lost");
    expect(output).toMatch(made);
    expect(output).toMatch(unchanged);
    const key = await clusterKey(project);
    expect(key).not.toBe(lost);
    for (const keys of await onAll("cat /home/rack/.ssh/authorized_keys")) {
      expect(keys).toContain(key);
      expect(keys).not.toContain(lost);
    }
  });

  test("destroy gives every node back as it was before the very first up", async () => {
    await pulumi("destroy --yes --skip-preview");
    expect(await snapshots()).toEqual([...before.values()]);
  });

  test("and so does give-back, where the state is lost for good", async () => {
    await pulumi("up --yes --skip-preview");
    await deleteBackend();
    const output = await follow("Give nodes back without a state");
    expect(output).toMatch(/nothing was changed; --yes does it/);
    expect(await snapshots()).toEqual([...before.values()]);
    expect(existsSync(join(project.home, ".ssh/minirack/shelf"))).toBe(false);
  });

  test("every block of the page was typed", () => {
    expect([...typed].sort()).toEqual([...page.keys()].sort());
  });
});
