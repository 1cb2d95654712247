import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openNode } from "../../../provider/transport/openNode.ts";
import { failureOf } from "../../support/failureOf.ts";
import { type Reaction, says, scriptedNode } from "../../support/scriptedNode.ts";

const lost =
  "node mini1: connect: expected an answer to the end, got a connection that ended before it; " +
  "see that the node is up, then run the command again: it goes on where it stopped";

async function nodeThat(reaction: Reaction) {
  return await openNode((await scriptedNode({ react: () => reaction })).target());
}

test("what a script prints goes into the stream, which ends with it", async () => {
  const node = await nodeThat(says("all of it"));
  const sink = new PassThrough();
  await Promise.all([
    node.download({ script: "cat file" }, sink),
    expect(text(sink)).resolves.toBe("all of it"),
  ]);
  await node.close();
});

test("a script that fails is an error with what it said", async () => {
  const node = await nodeThat({ code: 2, stdout: "", stderr: "cat: file: No such file or directory\n" });
  const error = await failureOf(node.download({ script: "cat file" }, new PassThrough().resume()));
  await node.close();
  expect(error.message).toBe(
    "node mini1: script: expected exit code 0, got exit code 2: cat: file: No such file or directory; " +
      "read the lines above; the node itself says what it lacked",
  );
});

test.each(["killed", "cut"] as const)("a %s script has no end", async (reaction) => {
  const node = await nodeThat(reaction);
  const error = await failureOf(node.download({ script: "cat file" }, new PassThrough().resume()));
  await node.close();
  expect(error.message).toBe(lost);
});

test.each([
  ["while it runs", () => AbortSignal.timeout(50)],
  ["before its channel is open", () => AbortSignal.abort()],
])("one that is ended %s ends at once", async (_when, signal) => {
  const node = await nodeThat("silent");
  const sink = new PassThrough().resume();
  const error = await failureOf(node.download({ script: "tail -f file", signal: signal() }, sink));
  await node.close();
  expect(error.message).toBe(lost);
});

test.each(["silent", "halted"] as const)("a node that is %s for too long is an error", async (reaction) => {
  const node = await nodeThat(reaction);
  const sink = new PassThrough().resume();
  const error = await failureOf(node.download({ script: "tar -cf - output", silentSeconds: 0.2 }, sink));
  await node.close();
  expect(error.message).toBe(
    "node mini1: connect: expected something of what was asked for at least every 0.2 s, got silence; " +
      "look at the node's load, disks and network, then run the command again",
  );
});
