import { afterEach, expect, test } from "vitest";
import { closePool, pooledNode } from "../../../provider/transport/pool.ts";
import { says, scriptedNode } from "../../support/scriptedNode.ts";

afterEach(() => closePool());

test("a node has one session in this process, with or without a first contact", async () => {
  const node = await scriptedNode({ react: () => says("") });
  const target = node.target();
  const { session } = pooledNode({ ...target, firstContact: { password: "first" } });
  expect(pooledNode(target).session).toBe(session);
});

test("another address is another session", async () => {
  const node = await scriptedNode({ react: () => says("") });
  expect(pooledNode(node.target()).session).not.toBe(pooledNode(node.target({ host: "localhost" })).session);
});

test("after it was closed a node is reached anew", async () => {
  const node = await scriptedNode({ react: () => says("") });
  await pooledNode(node.target()).session.run({ text: "true" });
  await closePool();
  await pooledNode(node.target()).session.run({ text: "true" });
  expect(node.connections).toBe(2);
});
