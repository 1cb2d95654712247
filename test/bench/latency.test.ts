import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { slowWay } from "../../bench/latency.ts";

async function echo(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port of the loopback");
  return { port: address.port, close: () => server.close() };
}

test("a slower network is another port that carries what is sent, in its order, until it is closed", async () => {
  const target = await echo();
  const way = await slowWay([{ name: "mini1", port: target.port }], 2);
  const [node] = way.nodes;
  expect(node?.name).toBe("mini1");
  expect(node?.port).not.toBe(target.port);
  const socket = connect({ host: "127.0.0.1", port: node?.port ?? 0 });
  let got = "";
  socket.on("data", (piece) => {
    got += piece;
  });
  for (const word of ["one ", "two ", "three"]) socket.write(word);
  socket.end();
  await once(socket, "close");
  expect(got).toBe("one two three");
  await way.close();
  const [refused] = await once(connect({ host: "127.0.0.1", port: node?.port ?? 0 }), "error");
  expect(String(refused)).toContain("ECONNREFUSED");
  target.close();
});

test("without latency the nodes are reached as they are", async () => {
  const nodes = [{ name: "mini1", port: 4001 }];
  expect((await slowWay(nodes, 0)).nodes).toBe(nodes);
});
