import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import type { Base, PreparedPulumi } from "../../../scripts/pulumi/prepare.ts";
import { readSalt, removeSalt } from "../../../scripts/pulumi/salt.ts";
import { selectStack } from "../../../scripts/pulumi/stack.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const config = "# kept\nconfig:\n  a:b: c\n";
let root: string;
let file: string;
const git = (...args: string[]) =>
  execa("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: root });
const status = async () => (await git("status", "--short")).stdout;

beforeEach(async () => {
  root = temporaryFolder();
  file = join(root, "Pulumi.dev.yaml");
  writeFileSync(file, config);
  writeFileSync(join(root, "Pulumi.yaml"), "name: minirack\nruntime: nodejs\n");
  writeFileSync(join(root, ".gitattributes"), "Pulumi.dev.yaml filter=minirack-salt\n");
  writeFileSync(join(root, ".gitignore"), "/.minirack/\n");
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "x");
});

/** Writes what `pulumi stack init` writes. */
function prepared(init: string, exitCode = 0): PreparedPulumi {
  const stateDir = join(root, ".minirack");
  const script = `${init}; exit ${exitCode}`;
  const base: Base = { cwd: root, env: {} };
  return {
    choice: { from: "offline", cli: "/x/pulumi" },
    root,
    stateDir,
    isOwnBackend: true,
    env: {},
    pulumi: (_args, options) => execa(base)("sh", ["-c", script], options),
  };
}

function writeState(salt: string) {
  const folder = join(root, ".minirack", "backend", ".pulumi", "stacks", "minirack");
  mkdirSync(folder, { recursive: true });
  const latest = { secrets_providers: { type: "passphrase", state: { salt } } };
  writeFileSync(join(folder, "dev.json"), JSON.stringify({ version: 3, checkpoint: { latest } }));
}

describe("selectStack", () => {
  it("makes a stack without git seeing the salt", async () => {
    await selectStack(prepared("echo 'encryptionsalt: v1:new' >> Pulumi.dev.yaml"), "dev");
    expect(readSalt(file)).toBe("v1:new");
    expect(await status()).toBe("");
  });

  it("still shows a true edit", async () => {
    writeFileSync(file, config.replace("c\n", "edited\n"));
    await selectStack(prepared("echo 'encryptionsalt: v1:new' >> Pulumi.dev.yaml"), "dev");
    expect(await status()).toContain("Pulumi.dev.yaml");
  });

  it("drops the salt of a state that is gone before it makes the stack", async () => {
    writeFileSync(file, `${config}encryptionsalt: v1:old\n`);
    await selectStack(prepared("cp Pulumi.dev.yaml seen"), "dev");
    expect(readFileSync(join(root, "seen"), "utf8")).toBe(config);
  });

  it("keeps the salt of a state that is gone where secrets of the configuration need it", async () => {
    const secret = "  minirack:password:\n    secure: v1:abc\n";
    writeFileSync(file, `${config}${secret}encryptionsalt: v1:old\n`);
    await selectStack(prepared("cp Pulumi.dev.yaml seen"), "dev");
    expect(readSalt(join(root, "seen"))).toBe("v1:old");
  });

  it("leaves a stack that is there as it is", async () => {
    writeState("v1:mine");
    writeFileSync(file, `${config}encryptionsalt: v1:mine\n`);
    await selectStack(prepared("touch called"), "dev");
    expect(existsSync(join(root, "called"))).toBe(false);
    expect(readSalt(file)).toBe("v1:mine");
  });

  it("drops a salt that is not the state's", async () => {
    writeState("v1:mine");
    writeFileSync(file, `${config}encryptionsalt: v1:foreign\n`);
    await selectStack(prepared("touch called"), "dev");
    expect(readFileSync(file, "utf8")).toBe(config);
  });

  it("keeps a salt that is not the state's where secrets of the configuration need it", async () => {
    writeState("v1:mine");
    const secret = "  minirack:password:\n    secure: v1:abc\n";
    writeFileSync(file, `${config}${secret}encryptionsalt: v1:foreign\n`);
    await selectStack(prepared("touch called"), "dev");
    expect(readSalt(file)).toBe("v1:foreign");
  });

  it("keeps the root free of a file that belongs elsewhere", async () => {
    const elsewhere = join(root, ".minirack", "Pulumi.labtest.yaml");
    await selectStack(prepared("echo x > Pulumi.labtest.yaml"), "labtest", { configFile: elsewhere });
    expect(await status()).toBe("");
  });

  it("says which stack, what failed and what to do", async () => {
    const failing = selectStack(prepared("echo incorrect passphrase >&2", 255), "dev");
    await expect(failing).rejects.toThrow(
      /stack dev: .*incorrect passphrase\n.*PULUMI_CONFIG_PASSPHRASE_FILE/,
    );
  });
});

describe("removeSalt", () => {
  it("gives the file back as git has it", async () => {
    await selectStack(prepared("echo 'encryptionsalt: v1:new' >> Pulumi.dev.yaml"), "dev");
    await removeSalt(file);
    expect(readFileSync(file, "utf8")).toBe(config);
    expect(await status()).toBe("");
  });
});
