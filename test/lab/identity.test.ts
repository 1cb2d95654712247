import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { anotherClone, type Clone } from "../support/anotherClone.ts";
import { failureOf } from "../support/failureOf.ts";
import { type TestLab, testLab } from "../support/testLab.ts";

const stack = "twins";
const quick = ["--yes", "--skip-preview"];
const unchanged = /Resources:\n {4}\d+ unchanged\n/;

describe.sequential("two clones with one project and one stack name", { tags: "matrix" }, () => {
  let lab: TestLab;
  let first: Clone;
  let second: Clone;
  let before: string;

  const snapshot = () => labSnapshot("mini1", lab.stack);
  const idOf = async ({ own }: Clone) => (await readFile(join(own, "identity", stack), "utf8")).trim();
  const motd = (text: string) => ({ files: { "/etc/motd": { content: text } } });
  const keyOf = ({ home }: Clone) => join(home, ".ssh/minirack", stack);
  const declare = (clone: Clone, settings: object, rest = {}) =>
    clone.declare({
      user: "rack",
      nodes: [
        {
          ...{ name: "mini1", host: "127.0.0.1", port: lab.portOf("mini1") },
          firstContact: { identityFile: join(lab.folder, "id_ed25519") },
          ...settings,
        },
      ],
      ...rest,
    });

  beforeAll(async () => {
    lab = await testLab("labv", 4500, "172.31.35.0/24", ["mini1"]);
    await lab.up();
    before = await snapshot();
    first = await anotherClone(stack);
    second = await anotherClone(stack, { home: first.home });
    await declare(first, motd("first\n"));
    await first.pulumi(["up", ...quick]);
  });
  afterAll(async () => {
    await second?.remove();
    await first?.remove();
    await lab?.down();
  });

  test("the second is refused the first's key", async () => {
    await declare(second, motd("second\n"));
    const { message } = await failureOf(second.pulumi(["up", ...quick]));
    const [own, other] = [await idOf(second), await idOf(first)];
    expect(own).not.toBe(other);
    expect(message).toContain(
      `${keyOf(first)}: expected the key of stack minirack/${stack} (id ${own}), got that of stack minirack/${stack} (id ${other}), ` +
        `as ${keyOf(first)}.owner says; give this stack a key of its own (identityFile in the cluster file), or, where the other ` +
        `stack's state is lost, take over what it had: MINIRACK_TAKE_OVER=${other}`,
    );
  });

  test("and with a key of its own the first's node, where nothing changes", async () => {
    const right = await snapshot();
    await declare(second, motd("second\n"), { identityFile: "~/.ssh/minirack/second" });
    const { message } = await failureOf(second.pulumi(["up", ...quick]));
    const other = await idOf(first);
    expect(message).toContain(
      `node mini1: sshAccess: expected to be managed by stack minirack/${stack} (id ${await idOf(second)}) alone, ` +
        `got the record of stack minirack/${stack} (id ${other}); destroy it there first (pulumi destroy --stack ${stack}), ` +
        `or leave the node to it; where its state is lost, scripts/give-back mini1 --stack ${stack} --take-over ${other} ` +
        `gives the node back, and MINIRACK_TAKE_OVER=${other} before this command takes it over`,
    );
    expect(await snapshot()).toBe(right);
  });

  test("its destroy leaves the first's key and node alone, and so does its give-back", async () => {
    await second.pulumi(["destroy", ...quick]);
    expect(existsSync(keyOf(first))).toBe(true);
    const { message } = await failureOf(second.type(["give-back", "mini1", "--yes"]));
    expect(message).toContain(`got those of minirack/${stack} (id ${await idOf(first)})`);
    expect(await first.pulumi(["preview", "--refresh"])).toMatch(unchanged);
  });

  test("another host key at the node's address is refused by all that connect, with the state and without it", async () => {
    const answers = "expected ssh-ed25519 ";
    await lab.on(
      "mini1",
      "mkdir /root/kept; cp -a /etc/ssh/ssh_host_* /root/kept/; rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh",
    );
    for (const command of [["give-back", "mini1"], ["check"]])
      expect((await failureOf(first.type(command))).message).toContain(`mini1: host key: ${answers}`);
    await rm(join(first.folder, "backend/.pulumi"), { recursive: true });
    await first.pulumi(["stack", "init"]);
    for (const command of [["give-back", "mini1"], ["check"]])
      expect((await failureOf(first.type(command))).message).toContain(`mini1: host key: ${answers}`);
    const imported = ["import", "minirack:node:Files", "mini1-files", "mini1/files", "--yes"];
    expect((await failureOf(first.pulumi(imported))).message).toContain(
      `node mini1: files: host key: ${answers}`,
    );
    expect((await failureOf(first.pulumi(["up", ...quick]))).message).toContain(`host key: ${answers}`);
    await lab.on("mini1", "cp -a /root/kept/* /etc/ssh/; rm -r /root/kept; systemctl restart ssh");
  });

  test("a lost state finds its id again, and changes nothing on the node", async () => {
    const right = await snapshot();
    await first.pulumi(["up", ...quick]);
    expect(await snapshot()).toBe(right);
    expect(await first.pulumi(["preview", "--refresh"])).toMatch(unchanged);
  });

  test("a lost clone's node is taken over by its id alone, and given back", async () => {
    const lost = await idOf(first);
    await rm(join(first.folder, "backend/.pulumi"), { recursive: true });
    await second.pulumi(["up", ...quick], { MINIRACK_TAKE_OVER: lost });
    expect(await second.pulumi(["preview", "--refresh"])).toMatch(unchanged);
    expect(await lab.on("mini1", "cat /etc/motd")).toBe("second");
    await second.pulumi(["destroy", ...quick]);
    expect(await snapshot()).toBe(before);
    expect([existsSync(keyOf(first)), existsSync(join(first.home, ".ssh/minirack/second"))]).toEqual([
      true,
      false,
    ]);
  });

  test("what a first create that failed has begun is in the state: destroy undoes it", async () => {
    const fails = { files: { "/etc/motd": { content: "x\n" }, "/etc/issue.net/x": { content: "x\n" } } };
    const owner = { project: "minirack", stack, id: await idOf(second) };
    await writeFile(`${keyOf(first)}.owner`, JSON.stringify(owner));
    await declare(second, fails);
    expect((await failureOf(second.pulumi(["up", ...quick]))).message).toContain("node mini1: files: ");
    expect(await lab.on("mini1", "ls /var/lib/minirack")).toContain("files.json");
    await declare(second, motd("mended\n"));
    expect(await second.pulumi(["up", ...quick])).toContain("~ 1 updated");
    expect(await lab.on("mini1", "cat /etc/motd")).toBe("mended");
    await second.pulumi(["destroy", ...quick]);
    await declare(second, fails);
    await failureOf(second.pulumi(["up", ...quick]));
    await second.pulumi(["destroy", ...quick]);
    expect(await snapshot()).toBe(before);
  });
});
