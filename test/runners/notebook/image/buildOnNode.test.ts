import { expect, test } from "vitest";
import { openNode } from "../../../../provider/transport/openNode.ts";
import { baseOnNode } from "../../../../runners/notebook/image/buildOnNode.ts";
import { failureOf } from "../../../support/failureOf.ts";
import { says, scriptedNode } from "../../../support/scriptedNode.ts";

const refusal = 'Error response from daemon: Get "https://registry-1.docker.io/v2/": no such host\n';

test("a base image that the node can neither find nor pull is named, and nothing is sent", async () => {
  const scripted = await scriptedNode({ react: () => says(`refusal ${refusal}`) });
  const node = await openNode(scripted.target());
  const error = await failureOf(baseOnNode(node, "python:3.13-slim"));
  await node.close();
  expect(error.message).toBe(
    `node mini1: base image python:3.13-slim: expected it there or where its Docker pulls from, got ${refusal.trim()}; ` +
      "load it there (docker load), or name another one as notebook.baseImage in the cluster file",
  );
  expect(scripted.asked).toHaveLength(1);
});

test("one that is there is known by its registry's digest", async () => {
  const digest = `python@sha256:${"d".repeat(64)}`;
  const scripted = await scriptedNode({
    react: () => says(`sha256:${"a".repeat(64)} linux/amd64 ${digest}\n`),
  });
  const node = await openNode(scripted.target());
  const base = await baseOnNode(node, "python:3.13-slim");
  await node.close();
  expect(base).toEqual({ name: "python:3.13-slim", described: `python:3.13-slim@sha256:${"d".repeat(64)}` });
});
