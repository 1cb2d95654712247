import { expect, test } from "vitest";
import {
  type KnownState,
  recordFindings,
  unfinishedFindings,
} from "../../../scripts/clusterCheck/stateFindings.ts";
import { factsOf, specOf } from "./factsOf.ts";

const [own, other] = ["0123456789abcdef", "fedcba9876543210"];
const resource = (name: string, more = {}) => ({
  urn: `urn:pulumi:dev::minirack::minirack:node:Files::${name}`,
  type: "minirack:node:Files",
  inputs: { node: "mini1" },
  ...more,
});
const known = (given: Partial<KnownState> = {}): KnownState => ({
  ...{ stack: "dev", id: own, resources: [], pending: [] },
  ...given,
});
const words = (findings: { node: string; subject: string; found: string; remedy: string }[]) =>
  findings.map((one) => `${one.node}: ${one.subject}: ${one.found} → ${one.remedy}`);

test("settings on which the last up failed, and one in which it was killed, are told", () => {
  const resources = [resource("mini1-files", { initErrors: ["no room"] }), resource("mini1-packages")];
  const pending = [resource("mini1-files-training")];
  expect(words(unfinishedFindings(known({ resources, pending })))).toEqual([
    "mini1: files: the last up failed: no room → npm run stack -- up --stack dev",
    "mini1: files-training: the last up was cut off in it → npm run stack -- up --stack dev",
  ]);
});

test("records of others and those that the state forgot are told, with every way out", () => {
  const records = [
    { name: "files.training", stack: "minirack/dev", id: own },
    { name: "packages", stack: "minirack/dev", id: own },
    { name: "sysctl", stack: "minirack/dev" },
    { name: "limits", stack: "minirack/dev", id: other },
    { name: "peers", stack: "minirack/old" },
  ];
  const checks = [{ spec: specOf("mini1"), facts: factsOf({ records }), findings: [] }];
  const resources = ["packages", "sysctl"].map((key) => resource(`mini1-${key}`, { id: `mini1/${key}` }));
  expect(words(recordFindings(checks, known({ resources })))).toEqual([
    "mini1: records: stack minirack/dev (id fedcba9876543210) manages it → destroy it there, or leave the node to it; where its state " +
      "is lost: scripts/give-back mini1 --stack dev --take-over fedcba9876543210",
    "mini1: records: stack minirack/old manages it → destroy it there, or leave the node to it; where its state is lost: " +
      "scripts/give-back mini1 --stack dev --take-over minirack/old",
    "mini1: records: changed, and not in the stack's state: files/training → npm run stack -- up --stack dev takes up what the " +
      "cluster file names; once the stack is destroyed, scripts/give-back mini1 --stack dev --yes puts the rest back",
  ]);
});
