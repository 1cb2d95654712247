import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { scanHostKey } from "../../../provider/transport/hostKey.ts";
import { NodeSession } from "../../../provider/transport/nodeSession.ts";
import { failureOf } from "../../support/failureOf.ts";
import { says, scriptedNode } from "../../support/scriptedNode.ts";
import { sshKey } from "../../support/sshKey.ts";

const react = () => says("in\n");

describe("a connection", () => {
  test("is opened with the cluster's key", async () => {
    const node = await scriptedNode({ react });
    const session = new NodeSession(node.target());
    expect((await session.run({ text: "true" })).stdout).toBe("in\n");
    await session.close();
  });

  test("is opened with the password of the first contact where the key is not known yet", async () => {
    const node = await scriptedNode({ react, password: "let me in" });
    const target = { ...node.target({ identityFile: "/nowhere" }), firstContact: { password: "let me in" } };
    const session = new NodeSession(target);
    expect((await session.run({ text: "true" })).stdout).toBe("in\n");
    await session.close();
    expect(node.connections).toBe(1);
  });

  test("with a wrong password is refused, and the password is not told", async () => {
    const node = await scriptedNode({ react, password: "the right one" });
    const target = {
      ...node.target({ identityFile: "/nowhere" }),
      firstContact: { password: "not the one" },
    };
    const error = await failureOf(new NodeSession(target).run({ text: "true" }));
    expect(error.message).toBe(
      "node mini1: connect: expected user rack to be let in with /nowhere, got a refusal; give the node a " +
        "firstContact (password or identityFile) in the cluster file, or put the public key into rack's " +
        "authorized_keys there",
    );
  });

  test("to a node with another host key is refused", async () => {
    const node = await scriptedNode({ react });
    const pinned = sshKey().publicKey;
    const error = await failureOf(new NodeSession(node.target({ hostKey: pinned })).run({ text: "true" }));
    expect(error.message).toBe(
      `node mini1: host key: expected ${pinned}, got ${node.hostKey.publicKey}; if the node was installed anew, ` +
        "give its key as hostKey in the cluster file; if not, somebody may be in between: do not go on",
    );
    expect(node.asked).toEqual([]);
  });

  test("to a port where nobody listens names the node and how to go on without it", async () => {
    const node = await scriptedNode({ react });
    const { port } = node;
    await node.stop();
    const error = await failureOf(new NodeSession(node.target()).run({ text: "true" }));
    expect(error.message).toBe(
      `node mini1: connect: expected sshd at 127.0.0.1:${port}, got connect ECONNREFUSED 127.0.0.1:${port}; ` +
        "start the node or correct its host and port; to go on without it: --exclude '**::mini1-*'",
    );
  });

  test("to a name that only ~/.ssh/config knows says that nobody reads that, and what to write", async () => {
    const node = await scriptedNode({ react });
    const error = await failureOf(
      new NodeSession(node.target({ host: "rack1.invalid" })).run({ text: "true" }),
    );
    expect(error.message.replace(/got getaddrinfo \w+/, "got getaddrinfo ENOTFOUND")).toBe(
      `node mini1: connect: expected sshd at rack1.invalid:${node.port}, got getaddrinfo ENOTFOUND rack1.invalid; minirack does not ` +
        "read ~/.ssh/config: where `ssh rack1.invalid` works, write what `ssh -G rack1.invalid` says as hostname and port into " +
        "the cluster file, as host and port; to go on without it: --exclude '**::mini1-*'",
    );
  });

  test("that sshd sheds before the handshake is tried again", async () => {
    const node = await scriptedNode({ react });
    let shed = 0;
    const front = createServer((socket) => {
      if (++shed < 3) socket.destroy();
      else node.take(socket);
    });
    await new Promise<void>((ready) => front.listen(0, "127.0.0.1", ready));
    const address = front.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const session = new NodeSession(node.target({ port }));
    const { stdout } = await session.run({ text: "true" });
    await session.close();
    front.close();
    expect([stdout, shed]).toEqual(["in\n", 3]);
  });
});

describe("a node's host key", () => {
  test("is what it shows, and nobody logs in for it", async () => {
    const node = await scriptedNode({ react });
    const shown = await scanHostKey({ node: "mini1", host: "127.0.0.1", port: node.port });
    expect(shown).toBe(node.hostKey.publicKey);
    expect(node.asked).toEqual([]);
  });

  test("of a node that is down is an error with its name", async () => {
    const node = await scriptedNode({ react });
    await node.stop();
    const error = await failureOf(scanHostKey({ node: "mini1", host: "127.0.0.1", port: node.port }));
    expect(error.message).toContain(`node mini1: connect: expected sshd at 127.0.0.1:${node.port}, got`);
  });
});
