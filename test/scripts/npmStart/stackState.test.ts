import { expect, test } from "vitest";
import { readStackState } from "../../../scripts/npmStart/stackState.ts";
import { exportOf, scriptedPulumi } from "../../support/scriptedPulumi.ts";

const node = { name: "alpha", host: "10.0.0.1", port: 22, user: "rack", os: "linux", role: "trainer" };
const links = [{ from: "alpha", to: "beta", interface: "eth1", gbps: 9.4, roundTripMs: 0.2 }];

test("a stack's state is its outputs, and every setting with the names of its entries, by the node's name of today", async () => {
  const exported = exportOf(
    { type: "pulumi:pulumi:Stack", inputs: {} },
    { type: "minirack:node:HostKey", inputs: { node: "alpha", host: "10.0.0.1" } },
    { type: "minirack:node:Packages", inputs: { node: "alpha", packages: { jq: "installed" } } },
    {
      type: "minirack:node:Files",
      inputs: { node: "alpha", purpose: "training", files: { "/a": {}, "/b": {} } },
    },
    { type: "minirack:node:Peers", inputs: { node: "alpha", peers: "unknown" } },
  );
  const outputs = { stdout: JSON.stringify({ nodes: [node], links }) };
  const prepared = scriptedPulumi((command) => (command.startsWith("stack export") ? exported : outputs));
  expect(await readStackState(prepared, "dev")).toEqual({
    nodes: [node],
    links,
    settings: [
      { node: "alpha", setting: "packages", entries: ["jq"] },
      { node: "alpha", setting: "files", entries: ["/a", "/b"] },
    ],
  });
});
