import { createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { openNode } from "../../../provider/transport/openNode.ts";
import { failureOf } from "../../support/failureOf.ts";
import { patient } from "../../support/patient.ts";
import { says, scriptedNode } from "../../support/scriptedNode.ts";

/** A server of the loopback that answers what it is told in capitals; its port. */
async function loudServer(): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.once("data", (chunk: Buffer) => socket.end(chunk.toString("utf8").toUpperCase()));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("a port of the node leads here; what passes is counted and heard", async () => {
  const scripted = await scriptedNode({ react: () => says(""), forwards: true });
  const node = await openNode(scripted.target());
  const forward = await node.forwardIn(await loudServer());
  const channel = await scripted.knock(forward.port);
  channel.write("hello");
  expect(await text(channel)).toBe("HELLO");
  expect({ bytes: forward.bytes(), said: forward.said() }).toEqual({ bytes: 10, said: "hello" });
  await forward.close();
  expect(scripted.forwarded.size).toBe(0);
  await node.close();
});

test("a forward whose connection is lost closes all the same", async () => {
  const scripted = await scriptedNode({ react: () => says(""), forwards: true });
  const node = await openNode(scripted.target());
  const forward = await node.forwardIn(await loudServer());
  scripted.cut();
  await forward.close();
  await expect.poll(() => scripted.isIdle(), patient).toBe(true);
  await forward.close();
  await node.close();
});

test("an sshd that forwards nothing is named, with the remedy", async () => {
  const node = await openNode((await scriptedNode({ react: () => says("") })).target());
  const error = await failureOf(node.forwardIn(1));
  await node.close();
  expect(error.message).toBe(
    "node mini1: forward: expected its sshd to forward a port to us, got Unable to bind to 127.0.0.1:0; " +
      "set AllowTcpForwarding yes (or remote) in its sshd_config, and reload sshd",
  );
});
