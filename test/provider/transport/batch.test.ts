import { describe, expect, test } from "vitest";
import { ReadBatch } from "../../../provider/transport/batch.ts";
import { NodeSession } from "../../../provider/transport/nodeSession.ts";
import { failureOf } from "../../support/failureOf.ts";
import { nodeSandbox } from "../../support/nodeSandbox.ts";
import { hasLinuxShell } from "../../support/realShell.ts";
import { type Reaction, scriptedNode } from "../../support/scriptedNode.ts";

async function readable(first?: Reaction) {
  const sandbox = nodeSandbox();
  const reactions: Reaction[] = first === undefined ? [] : [first];
  const node = await scriptedNode({
    user: "root",
    react: ({ command, stdin }) => reactions.shift() ?? sandbox.run(command, stdin),
  });
  const session = new NodeSession(node.target());
  return { node, session, reads: new ReadBatch(session) };
}

describe.runIf(hasLinuxShell)("reads of one node", () => {
  test("that arrive together are one script, each with its own answer", async () => {
    const { node, session, reads } = await readable();
    const answers = await Promise.all(
      ["swap", "files", "peers"].map((one) => reads.read(one, `echo ${one}`)),
    );
    await session.close();
    expect(answers).toEqual(["swap\n", "files\n", "peers\n"]);
    expect([node.connections, node.scripts.length]).toEqual([1, 1]);
  });

  test("fail alone, with the node's own words", async () => {
    const { session, reads } = await readable();
    const broken = reads.read("linkAddress", "echo no interface eth7 >&2\nexit 4");
    const fine = reads.read("files", "echo fine");
    const error = await failureOf(broken);
    expect(await fine).toBe("fine\n");
    await session.close();
    expect(error.message).toBe(
      "node mini1: linkAddress: expected to read its state, got exit code 4: no interface eth7; " +
        "the lines above are the node's own words",
    );
  });

  test.each(["killed", "cut"] as const)("are asked once more after a session was %s", async (reaction) => {
    const { node, session, reads } = await readable(reaction);
    expect(await reads.read("files", "echo fine")).toBe("fine\n");
    await session.close();
    expect(node.scripts).toHaveLength(2);
  });

  test("without their end mark are an error", async () => {
    const { session, reads } = await readable({ code: 0, stdout: "half an ans", stderr: "sh: killed\n" });
    const error = await failureOf(reads.read("files", "echo fine"));
    await session.close();
    expect(error.message).toBe(
      "node mini1: script: expected an answer with its end mark, got exit code 0: sh: killed; " +
        "run the command again; if it stays, log in and try `sudo sh`",
    );
  });
});
