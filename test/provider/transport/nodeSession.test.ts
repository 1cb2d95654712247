import { describe, expect, test } from "vitest";
import { LostConnection } from "../../../provider/transport/nodeError.ts";
import { NodeSession } from "../../../provider/transport/nodeSession.ts";
import { failureOf } from "../../support/failureOf.ts";
import { nodeSandbox } from "../../support/nodeSandbox.ts";
import { patient } from "../../support/patient.ts";
import { hasLinuxShell } from "../../support/realShell.ts";
import { type Reaction, says, scriptedNode } from "../../support/scriptedNode.ts";

describe("a node's session", () => {
  test("is one connection for all scripts, at most eight channels at once", async () => {
    const waiting: ((reaction: Reaction) => void)[] = [];
    const react = () =>
      new Promise<Reaction>((resolve) => {
        waiting.push(resolve);
        if (waiting.length >= 8) for (const one of waiting) one(says("done\n"));
      });
    const node = await scriptedNode({ user: "root", react });
    const session = new NodeSession(node.target());
    const outputs = await Promise.all(
      Array.from({ length: 24 }, (_, index) => session.run({ text: `echo ${index}\n` })),
    );
    await session.close();
    expect(outputs.every(({ stdout }) => stdout === "done\n")).toBe(true);
    expect({ connections: node.connections, mostChannels: node.mostChannels }).toEqual({
      connections: 1,
      mostChannels: 8,
    });
    expect(session.scriptsRun).toBe(24);
  });

  test("opens a new connection after the old one was lost", async () => {
    const node = await scriptedNode({ react: () => says("") });
    const session = new NodeSession(node.target());
    await session.run({ text: "true" });
    const lost = expect.poll(() => node.isIdle(), patient);
    node.cut();
    await lost.toBe(true);
    await session.run({ text: "true" });
    await session.close();
    expect(node.connections).toBe(2);
  });

  test.each(["killed", "cut"] as const)("says that a %s command had no end", async (reaction) => {
    const node = await scriptedNode({ react: () => reaction });
    const session = new NodeSession(node.target());
    const error = await failureOf(session.run({ text: "dpkg --configure -a" }));
    await session.close();
    expect(error).toBeInstanceOf(LostConnection);
    expect(error.message).toBe(
      "node mini1: connect: expected an answer to the end, got a connection that ended before it; " +
        "see that the node is up, then run the command again: it goes on where it stopped",
    );
  });

  test("gives up on a command that says nothing", async () => {
    const node = await scriptedNode({ react: () => "silent" });
    const session = new NodeSession(node.target());
    const error = await failureOf(session.run({ text: "cat", timeoutSeconds: 0.1 }));
    await session.close();
    expect(error.message).toBe(
      "node mini1: connect: expected an answer within 0.1 s, got none; " +
        "look at the node's load and network, then run the command again",
    );
  });

  test("closes the channel of a command that it has given up", async () => {
    const node = await scriptedNode({ react: () => "silent" });
    const session = new NodeSession(node.target());
    await failureOf(session.run({ text: "cat", timeoutSeconds: 0.1 }));
    await expect.poll(() => node.openChannels).toBe(0);
    await session.close();
  });

  test("ends a command that answers without end, and names the node", async () => {
    const node = await scriptedNode({ react: () => says("y\n".repeat(600_000)) });
    const session = new NodeSession(node.target());
    const error = await failureOf(session.run({ text: "yes", limitBytes: 2 ** 20 }));
    await expect.poll(() => node.openChannels).toBe(0);
    await session.close();
    expect(error.message).toBe(
      "node mini1: connect: expected an answer of at most 1 MiB, got more; " +
        "see what on the node prints so much; what it asked for was ended",
    );
  });

  test("keeps of lines that it tells the last megabyte alone", async () => {
    let count = 0;
    const node = await scriptedNode({ react: () => says("y\n".repeat(2 ** 20)) });
    const session = new NodeSession(node.target());
    const { stdout } = await session.run({ text: "yes", onLine: () => count++ });
    await session.close();
    expect([count, stdout.length]).toEqual([2 ** 20, 2 ** 20]);
  });

  test("understands letters that two packets share", async () => {
    const text = "記".repeat(100_000); // three bytes each
    const node = await scriptedNode({ react: () => ({ code: 0, stdout: text, stderr: text }) });
    const session = new NodeSession(node.target());
    const { stdout, stderr } = await session.run({ text: "cat" });
    await session.close();
    expect([stdout === text, stderr === text]).toEqual([true, true]);
  });

  test("hears nothing of what a login shell prints, and knows what that was", async () => {
    const greeting = `Welcome to mini1\n${"*".repeat(100_000)}`;
    const node = await scriptedNode({ greeting, react: () => ({ code: 3, stdout: "a\n", stderr: "b\n" }) });
    const session = new NodeSession(node.target());
    expect(await session.run({ text: "true" })).toEqual({ code: 3, stdout: "a\n", stderr: "b\n" });
    await session.close();
    expect(session.greeting.slice(0, 20)).toBe("Welcome to mini1\n***");
  });

  test("hands over an exit code that is not 0", async () => {
    const node = await scriptedNode({ react: () => ({ code: 3, stdout: "a\n", stderr: "b\n" }) });
    const session = new NodeSession(node.target());
    expect(await session.run({ text: "exit 3" })).toEqual({ code: 3, stdout: "a\n", stderr: "b\n" });
    await session.close();
  });

  test("tells lines as they arrive", async () => {
    const lines: string[] = [];
    const node = await scriptedNode({ react: () => says("epoch 1\nepoch 2\n") });
    const session = new NodeSession(node.target());
    await session.run({ text: "train", onLine: (line) => lines.push(line) });
    await session.close();
    expect(lines).toEqual(["epoch 1", "epoch 2"]);
  });
});

describe.runIf(hasLinuxShell)("root on a node", () => {
  const script = { text: 'id -un\nprintf "%s\\n" "it\'s"\n', asRoot: true };

  test("is had by sudo -n where sudo asks nothing", async () => {
    const sandbox = nodeSandbox();
    const node = await scriptedNode({ react: ({ command, stdin }) => sandbox.run(command, stdin) });
    const session = new NodeSession(node.target());
    await session.run(script);
    await session.run({ ...script, lock: "apt" });
    await session.close();
    expect(node.asked.map(({ command }) => command)).toEqual([
      "sh -s",
      "sudo -n timeout -k 5 1805 sh -s",
      `sudo -n sh -c 'mkdir -p -m 0700 /run/minirack && exec "$@"' sh flock -o -w 600 -E 75 /run/minirack/apt.lock timeout -k 5 1805 sh -s`,
    ]);
  });

  test("is probed again after a probe that failed", async () => {
    const sandbox = nodeSandbox();
    const reactions: Reaction[] = [{ code: 1, stdout: "", stderr: "sudo: the clock is wrong" }];
    const node = await scriptedNode({
      react: ({ command, stdin }) => reactions.shift() ?? sandbox.run(command, stdin),
    });
    const session = new NodeSession(node.target());
    await failureOf(session.run(script));
    const { code } = await session.run(script);
    await session.close();
    expect([code, node.connections]).toEqual([0, 1]);
  });

  test("is had by a password line before the script, never in a command", async () => {
    const sandbox = nodeSandbox({ sudoPassword: "open sesame" });
    const node = await scriptedNode({ react: ({ command, stdin }) => sandbox.run(command, stdin) });
    const session = new NodeSession(node.target({ sudoPassword: "open sesame" }));
    const { code, stdout } = await session.run(script);
    await session.close();
    expect([code, stdout.split("\n")[1]]).toEqual([0, "it's"]);
    expect(node.asked.map(({ command }) => command)).toEqual([
      "sh -s",
      expect.stringMatching(/^sudo -k -S -p '' sh -c '[^']*' sh first$/),
      "sudo -k -S -p '' timeout -k 5 1805 sh -s",
    ]);
  });

  test("is refused without the password", async () => {
    const sandbox = nodeSandbox({ sudoPassword: "open sesame" });
    const node = await scriptedNode({ react: ({ command, stdin }) => sandbox.run(command, stdin) });
    const session = new NodeSession(node.target());
    const error = await failureOf(session.run(script));
    await session.close();
    expect(error.message).toBe(
      "node mini1: sudo: expected user rack to use sudo without a password, " +
        "got sudo: a password is required; give the node a sudoPassword in the cluster file",
    );
  });

  test("is refused with a wrong one, which nobody is told", async () => {
    const sandbox = nodeSandbox({ sudoPassword: "open sesame" });
    const node = await scriptedNode({ react: ({ command, stdin }) => sandbox.run(command, stdin) });
    const session = new NodeSession(node.target({ sudoPassword: "open barley" }));
    const error = await failureOf(session.run(script));
    await session.close();
    expect(error.message).toBe(
      "node mini1: sudo: expected the sudoPassword of user rack to be right, got a refusal; " +
        "correct sudoPassword in the cluster file or in the stack's configuration",
    );
  });
});
