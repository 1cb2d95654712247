import { expect, test } from "vitest";
import { openNode } from "../../../../provider/transport/openNode.ts";
import { buildOnNode } from "../../../../runners/notebook/image/buildOnNode.ts";
import { failureOf } from "../../../support/failureOf.ts";
import { says, scriptedNode } from "../../../support/scriptedNode.ts";

const refusal = 'Error response from daemon: Get "https://registry-1.docker.io/v2/": no such host\n';
const build = { baseImage: "python:3.13-slim", key: "0123", stack: "dev" };

test("a base image that the node can neither find nor pull is named, and nothing is sent", async () => {
  const scripted = await scriptedNode({ react: () => says(refusal) });
  const node = await openNode(scripted.target());
  const context = { files: [{ path: "Dockerfile", content: Buffer.from("FROM x\n") }], sha256: "" };
  const error = await failureOf(buildOnNode(node, context, build));
  await node.close();
  expect(error.message).toBe(
    `node mini1: base image python:3.13-slim: expected it there or where its Docker pulls from, got ${refusal.trim()}; ` +
      "load it there (docker load), or name another one as notebook.baseImage in the cluster file",
  );
  expect(scripted.asked).toHaveLength(1);
});
