import { readdirSync } from "node:fs";
import { execa } from "execa";
import { expect, test } from "vitest";
import { hookScript, sendHook } from "../../../provider/shell/hook.ts";
import type { ScriptedNode } from "../../support/scriptedNode.ts";
import { says, scriptedNode } from "../../support/scriptedNode.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Sends a script as the command plugin does; temporary files go to a folder that is empty again. */
async function send(node: ScriptedNode, script: string, hostKey = node.hostKey.publicKey) {
  const { connection } = node.target();
  const folder = temporaryFolder();
  const env = {
    TMPDIR: folder,
    MINIRACK_NODE: "mini1",
    MINIRACK_HOOK: "greet",
    MINIRACK_HOST: connection.host,
    MINIRACK_PORT: String(connection.port),
    MINIRACK_USER: connection.user,
    MINIRACK_IDENTITY_FILE: connection.identityFile,
    MINIRACK_HOST_KEY: hostKey,
  };
  const result = await execa("sh", ["-c", sendHook], { env, input: script, reject: false });
  return { ...result, left: readdirSync(folder) };
}

test("a hook's script goes whole over stdin, by the cluster's key", async () => {
  const node = await scriptedNode({ react: () => says("done") });
  const { exitCode, stdout, left } = await send(node, hookScript("echo 'quotes \" $HOME'"));
  expect({ exitCode, stdout, left }).toEqual({ exitCode: 0, stdout: "done", left: [] });
  expect(node.asked).toMatchObject([
    { command: "sh -s", stdin: "set -eu\nmain() {\n:\necho 'quotes \" $HOME'\n}\nmain </dev/null\n" },
  ]);
});

test("a node that shows another host key is sent nothing", async () => {
  const node = await scriptedNode({ react: () => says("") });
  const other = await scriptedNode({ react: () => says("") });
  const { exitCode, stderr, left } = await send(node, hookScript("true"), other.hostKey.publicKey);
  expect({ exitCode, asked: node.asked, left }).toEqual({ exitCode: 255, asked: [], left: [] });
  expect(stderr).toContain("Host key verification failed");
});

test("a command that fails is told with its node, its name and its code", async () => {
  const node = await scriptedNode({ react: () => ({ code: 7, stdout: "", stderr: "the disk is full\n" }) });
  const { exitCode, stderr } = await send(node, hookScript("false"));
  expect([exitCode, stderr]).toEqual([
    7,
    "the disk is full\nnode mini1: hook greet: expected exit code 0, got 7; mend what the lines above say, then run pulumi up again",
  ]);
});

test("the shell runs a hook of comments alone, ends at the first error, and reads nothing of the script", async () => {
  const run = (command: string) => execa("sh", ["-s"], { input: hookScript(command), reject: false });
  expect((await run("# later")).exitCode).toBe(0);
  expect((await run("false\necho after")).stdout).toBe("");
  expect((await run("cat\necho after")).stdout).toBe("after");
});
