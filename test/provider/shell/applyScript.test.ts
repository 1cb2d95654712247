import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyScript } from "../../../provider/shell/applyScript.ts";
import { run } from "../../../provider/shell/command.ts";
import { nodeSandbox } from "../../support/nodeSandbox.ts";
import { hasLinuxShell } from "../../support/realShell.ts";

const record = "/var/lib/minirack/test";
const change = (steps: string[], finish: string[] = []) =>
  applyScript({ record, steps, finish, readBack: "echo read >&2\necho state" });

describe.runIf(hasLinuxShell)("the script of a change", () => {
  test("runs its steps, reads, finishes, and says that it came to its end", async () => {
    const script = change(["echo first", "echo second"], ["echo last"]);
    const { code, stdout, stderr } = await nodeSandbox().run("sh -s", script.text);
    expect(code).toBe(0);
    expect(stderr.trim().split("\n")).toEqual(["first", "second", "read", "last"]);
    expect(script.readBackOf(stdout)).toBe("state\n");
  });

  test("has what it did on the disk before it says that it is done; a question waits for no disk", async () => {
    const said = 'sync() { echo "sync $*"; }';
    const { stdout } = await nodeSandbox().run("sh -s", change([said], ["echo last"]).text);
    expect(stdout).toMatch(/ step 1\nsync -- \/\S+\n@@\S+ end\n$/);
    const question = applyScript({ record, steps: [], finish: [], readBack: "echo state" });
    expect(question.text).not.toMatch(/^settle$/m);
  });

  test("stops at the first step that fails, and names it", async () => {
    const script = change(["echo first", "false", "echo third"], ["echo last"]);
    const { code, stdout, stderr } = await nodeSandbox().run("sh -s", script.text);
    expect([code, stderr]).toEqual([1, "first\n"]);
    expect(script.lastStepOf(stdout)).toBe("false");
    expect(script.readBackOf(stdout)).toBeUndefined();
  });

  test("a read that fails keeps what was to follow it from happening", async () => {
    const script = applyScript({ record, steps: [], finish: ["echo last"], readBack: "echo half\nexit 3" });
    const { code, stdout, stderr } = await nodeSandbox().run("sh -s", script.text);
    expect([code, stderr, script.readBackOf(stdout)]).toEqual([3, "", undefined]);
  });

  test("a step that reads stdin cannot eat the steps that follow", async () => {
    const script = change(["cat", "echo second"]);
    const { stderr } = await nodeSandbox().run("sh -s", script.text);
    expect(stderr).toContain("second");
  });

  test("a step over several lines is one step", async () => {
    const script = change([run("printf", "%s", "a\nb'\n"), "exit 5"]);
    const { code, stdout, stderr } = await nodeSandbox().run("sh -s", script.text);
    expect([code, stderr, script.lastStepOf(stdout)]).toEqual([5, "a\nb'\n", "exit 5"]);
  });

  test("ends by itself while stdin is held, wherever a block that the shell reads ends in its last line", async () => {
    const sandbox = nodeSandbox();
    const held = `exec 3<&0; mkfifo held; (cat <&3; exec sleep 60) > held & sh -s < held; code=$?; kill $!; exit $code`;
    const blockBytes = 8192;
    const sizeOf = (script: { text: string }) => Buffer.byteLength(sandbox.here(script.text));
    const tooLong = sizeOf(change([":"])) % blockBytes;
    for (const rest of [1, 3, 12]) {
      const script = change([`:${" ".repeat(blockBytes - tooLong + rest)}`]);
      expect(sizeOf(script) % blockBytes).toBe(rest);
      const { code, stdout } = await sandbox.run(`cd "$(mktemp -d)"; ${held}`, script.text);
      expect([code, script.readBackOf(stdout)]).toEqual([0, "state\n"]);
    }
  });

  test("that was cut anywhere changes nothing", async () => {
    const sandbox = nodeSandbox();
    const file = join(sandbox.root, "changed");
    const script = change([run("touch", file)]);
    const cut = fc.integer({ min: 1, max: script.text.lastIndexOf("\nmain ") });
    await fc.assert(
      fc.asyncProperty(cut, async (length) => {
        const { stdout } = await sandbox.run("sh -s", script.text.slice(0, length));
        expect(existsSync(file)).toBe(false);
        expect(script.readBackOf(stdout)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test("without its steps' announcement no step is blamed", () => {
    expect(change(["false"]).lastStepOf("")).toBeUndefined();
  });

  test("when nobody listens any more it stops between two steps", async () => {
    const sandbox = nodeSandbox();
    const [done, after] = [join(sandbox.root, "done"), join(sandbox.root, "after")];
    const steps = [`sleep 0.2; ${run("touch", done)}`, run("touch", after)];
    const script = join(sandbox.root, "script");
    writeFileSync(script, change(steps).text.replaceAll("/var/lib/minirack", sandbox.records));
    await sandbox.run(`sh ${script} | { read -r firstStep; }`, "");
    expect([existsSync(done), existsSync(after)]).toEqual([true, false]);
  });
});
