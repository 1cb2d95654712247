import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";
import { removeSshConfig, writeSshConfig } from "../../../scripts/sshConfig/sshConfig.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A home folder, and stacks whose mini1 is pinned and whose mini2 is new. */
function given(pinnedHostKey: string | undefined = "ssh-ed25519 AAAA") {
  const home = temporaryFolder();
  writeFileSync(join(home, "cluster.yaml"), "nodes: [{ name: mini1, host: a }, { name: mini2, host: b }]\n");
  const stackOf = (stack: string) => {
    const cluster = loadCluster(join(home, "cluster.yaml"), stack);
    const nodes = cluster.nodes.map((spec) => ({
      spec,
      pinnedHostKey: spec.name === "mini1" ? pinnedHostKey : undefined,
      target: () => expect.fail("expected no connection"),
    }));
    return { stack, cluster, nodes };
  };
  const config = join(home, ".ssh", "config");
  const own = (text: string) => {
    mkdirSync(join(home, ".ssh"));
    writeFileSync(config, text);
  };
  return { home, stackOf, config, own, ours: join(home, ".ssh", "minirack") };
}

test("pinned nodes are written, new ones named, and all of it is for the user alone", async () => {
  const { home, stackOf, config, ours } = given();
  expect(await writeSshConfig(stackOf("dev"), home)).toEqual({
    file: join(ours, "dev.conf"),
    nodes: ["mini1"],
    left: ["mini2"],
    shared: [],
  });
  expect(readFileSync(join(ours, "dev.known_hosts"), "utf8")).toBe("mini1 ssh-ed25519 AAAA\n");
  expect(readFileSync(config, "utf8")).toMatch(/^Include ~\/\.ssh\/minirack\/\*\.conf$/m);
  for (const path of [config, join(ours, "dev.conf")]) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(ours).mode & 0o777).toBe(0o700);
});

test("without a pinned key nothing is written, and it says what to run", async () => {
  const { home, stackOf } = given("");
  const none = stackOf("dev").nodes.map((node) => ({ ...node, pinnedHostKey: undefined }));
  expect((await failureOf(writeSshConfig({ ...stackOf("dev"), nodes: none }, home))).message).toBe(
    "stack dev: expected a node with a pinned host key, got none; run npm run stack -- up --stack dev first",
  );
  expect(existsSync(join(home, ".ssh"))).toBe(false);
});

test("the user's own file keeps content, mode and its symbolic link, there and back", async () => {
  const { home, stackOf, config } = given();
  mkdirSync(join(home, ".ssh"));
  writeFileSync(join(home, "dotfile"), "Host x\n  User y");
  chmodSync(join(home, "dotfile"), 0o640);
  symlinkSync("../dotfile", config);
  await writeSshConfig(stackOf("dev"), home);
  expect(readFileSync(config, "utf8")).toMatch(/^# minirack.*\nInclude .*\nHost x\n {2}User y$/);
  await removeSshConfig("dev", home);
  expect(readFileSync(join(home, "dotfile"), "utf8")).toBe("Host x\n  User y");
  expect(statSync(join(home, "dotfile")).mode & 0o777).toBe(0o640);
  expect(lstatSync(config).isSymbolicLink()).toBe(true);
});

test("the line goes with the last stack, and so does a file that held nothing else", async () => {
  const { home, stackOf, config, ours } = given();
  await writeSshConfig(stackOf("dev"), home);
  await writeSshConfig(stackOf("shelf"), home);
  await removeSshConfig("dev", home);
  expect(existsSync(config)).toBe(true);
  await removeSshConfig("shelf", home);
  expect([existsSync(config), existsSync(ours)]).toEqual([false, false]);
});

test("a name that another stack has too is told", async () => {
  const { home, stackOf } = given();
  await writeSshConfig(stackOf("dev"), home);
  expect((await writeSshConfig(stackOf("shelf"), home)).shared).toEqual(["mini1 (dev)"]);
});

test("keys beside the files stay", async () => {
  const { home, stackOf, ours } = given();
  await writeSshConfig(stackOf("dev"), home);
  writeFileSync(join(ours, "dev"), "key");
  await removeSshConfig("dev", home);
  expect(readFileSync(join(ours, "dev"), "utf8")).toBe("key");
});

test("a home without any of it is left as it is", async () => {
  const { home, own, config } = given();
  own("Host x\n");
  await removeSshConfig("dev", home);
  expect(readFileSync(config, "utf8")).toBe("Host x\n");
});

test("a file that cannot be written is an error with its path", async () => {
  const { home, stackOf, config } = given();
  mkdirSync(join(home, ".ssh"));
  symlinkSync(join(home, "nowhere", "config"), config);
  expect((await failureOf(writeSshConfig(stackOf("dev"), home))).message).toContain(
    `${config}: expected to change it, got ENOENT`,
  );
});
