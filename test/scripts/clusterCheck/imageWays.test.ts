import { expect, test } from "vitest";
import { notebookRule } from "../../../config/notebook.ts";
import { imageFindings, imageWays } from "../../../scripts/clusterCheck/imageWays.ts";
import type { NodeFacts } from "../../../scripts/clusterCheck/nodeFacts.ts";
import { factsOf, specOf } from "./factsOf.ts";

const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: "x86_64", arm64: "aarch64" };
const own = architectures[process.arch] ?? process.arch;
const other = own === "aarch64" ? "x86_64" : "aarch64";
const debian = { architecture: own, operatingSystem: "Debian GNU/Linux 12 (bookworm)" };
const notebook = { ...notebookRule.parse({}), nodes: ["mini1"] };
const checked = (engine: NodeFacts["engine"]) => [
  { spec: specOf("mini1"), facts: factsOf({ engine }), findings: [] },
];

test.each<[string, NodeFacts["engine"], boolean, object]>([
  ["the usual way", debian, true, { way: "ship", reason: undefined }],
  ["no engine here", debian, false, { way: "buildOnNode", reason: "no Docker engine answers here" }],
  [
    "another processor",
    { ...debian, architecture: other },
    true,
    { way: "buildOnNode", reason: `its processor is ${other}, this computer's ${own}` },
  ],
  ["none there", undefined, true, { way: undefined, reason: "no Docker engine" }],
])("images reach a node: %s", (_case, engine, hasEngine, expected) => {
  expect(imageWays(notebook, checked(engine), hasEngine)).toEqual([{ node: "mini1", ...expected }]);
});

test("an engine that does not answer is wrong, with what to type", () => {
  const checks = checked({ refusal: "Cannot connect to the Docker daemon" });
  expect(imageFindings(imageWays(notebook, checks, true), checks, "dev")).toEqual([
    {
      node: "mini1",
      subject: "docker",
      found: "Cannot connect to the Docker daemon",
      remedy: "npm run stack -- up --stack dev, then scripts/status mini1 --service docker --stack dev",
    },
  ]);
});

test("a cluster without notebooks, and a node that does not answer, have nothing wrong here", () => {
  expect(imageWays(undefined, checked(debian), true)).toEqual([]);
  const silent = [{ spec: specOf("mini1"), findings: [] }];
  expect(imageFindings(imageWays(notebook, silent, true), silent, "dev")).toEqual([]);
});
