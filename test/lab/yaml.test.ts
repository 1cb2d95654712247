import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { packageSchema } from "../../provider/schema/packageSchema.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { type PreparedPulumi, preparePulumi } from "../../scripts/pulumi/prepare.ts";
import { type TestLab, testFolder, testLab } from "../support/testLab.ts";

const stack = "yamltest";
const labName = "labx";
const configFile = join(testFolder, `Pulumi.${stack}.yaml`);
const emptyProject = join(testFolder, "yaml");
let prepared: PreparedPulumi;

beforeAll(async () => {
  await execa("npm", ["run", "--silent", "env", "--", "--yaml"], { cwd: root }); // npm test has done it before
  prepared = await preparePulumi({ root, say: console.log });
});

describe.sequential("the program of examples/yaml", () => {
  let lab: TestLab;
  let before: string;

  const pulumi = async (...args: string[]) => {
    const all = ["-C", "examples/yaml", ...args, "--stack", stack, "--config-file", configFile];
    return (await prepared.pulumi([...all, "--color", "never"], { stdin: "ignore", all: true })).all;
  };
  const ofStack = (args: string[], options = {}) =>
    prepared.pulumi(["-C", "examples/yaml", ...args], options);
  const forget = async () => {
    await ofStack(["cancel", "--yes", "--stack", stack], { reject: false });
    await ofStack(["stack", "rm", stack, "--yes", "--force"], { reject: false });
    await rm(configFile, { force: true });
  };

  beforeAll(async () => {
    lab = await testLab(labName, 3800, "172.31.28.0/24", ["mini1"]);
    await lab.up();
    before = await labSnapshot("mini1", labName);
    await forget();
    await ofStack(["stack", "init", stack]);
    const config = {
      host: "127.0.0.1",
      port: lab.portOf("mini1"),
      user: "rack",
      identityFile: join(testFolder, "yaml_key"),
      acceptedKey: join(lab.folder, "id_ed25519"),
    };
    const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await pulumi("config", "set-all", ...pairs);
  });
  afterAll(async () => {
    await forget();
    await lab.down();
  });

  test("provisions a node", async () => {
    expect(await pulumi("up", "--yes", "--skip-preview")).toMatch(/\+ 7 created/);
    const facts =
      "cat /etc/motd; stat -c '%a %F' /srv/scratch; sysctl -n net.core.somaxconn; command -v tmux";
    expect(await lab.on("mini1", facts)).toBe(
      "This node is kept true by Pulumi\n1777 directory\n4096\n/usr/bin/tmux",
    );
  });

  test("has nothing to change the second time", async () => {
    const output = await pulumi("preview", "--refresh", "--expect-no-changes");
    expect(output).toMatch(/Resources:\n {4}7 unchanged\n/);
  });

  test("names what was changed by hand", async () => {
    await lab.on(
      "mini1",
      "echo more >> /etc/motd; sysctl -qw net.core.somaxconn=128; chmod 755 /srv/scratch",
    );
    const output = await pulumi("preview", "--refresh", "--diff");
    expect(output).toMatch(/net\.core\.somaxconn: "128 \(kept: 4096\)" => "4096"/);
    expect(output).toMatch(/- more/);
    expect(output).toMatch(/mode: "0755" => "1777"/);
    expect(output).toMatch(/~ 2 to update/);
  });

  test("gives the node back as it was", async () => {
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await labSnapshot("mini1", labName)).toBe(before);
  });
});

describe("the package", () => {
  test("says of itself what the rules say", async () => {
    const { stdout } = await prepared.pulumi(["package", "get-schema", "./provider"]);
    expect(JSON.parse(stdout)).toEqual(packageSchema());
  });

  test("is added to a YAML project by the provider's folder", async () => {
    await mkdir(emptyProject, { recursive: true });
    const file = join(emptyProject, "Pulumi.yaml");
    await writeFile(file, "name: shelf\nruntime: yaml\n");
    await prepared.pulumi(["package", "add", join(root, "provider")], { cwd: emptyProject });
    expect(parse(await readFile(file, "utf8")).packages).toEqual({ minirack: join(root, "provider") });
    await rm(emptyProject, { recursive: true });
  });
});
