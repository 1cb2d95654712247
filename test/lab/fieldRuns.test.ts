import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNotebook } from "../../runners/notebook/readNotebook.ts";
import { runCommand } from "../../runners/notebook/run/runCommand.ts";
import { runRemote } from "../../runners/notebook/run/runRemote.ts";
import { typedOptions } from "../../runners/notebook/run/typedOptions.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { type FieldRun, fieldRuns, writeFieldProject } from "../support/fieldRuns.ts";
import { endTestCluster, type TestCluster } from "../support/testCluster.ts";
import { notebookProject } from "./notebook/notebookProject.ts";
import { freshRunsNode, writeRunsCluster } from "./notebook/runsNode.ts";
import { cycleLab } from "./settings/cycleLab.ts";

const [stack] = cycleLab;
/** Those that want a cluster file of their own come last: each such change takes an `up`. */
const cases = fieldRuns().sort((one, other) => Object.keys(one.top).length - Object.keys(other.top).length);
const runs = cases.flatMap((one) =>
  (one.native ? [false, true] : [false]).map((isNative) => ({
    ...{ one, isNative, title: `${one.name}${isNative ? " --native" : ""}: ${one.title}` },
  })),
);

describe.sequential("field cases of runs on one node", { tags: "matrix" }, () => {
  let cluster: TestCluster;
  let provisioned = "";

  const provision = async (top: FieldRun["top"]) => {
    const text = writeRunsCluster(top);
    if (text !== provisioned) await cluster.pulumi("up", "--yes", "--skip-preview");
    provisioned = text;
  };

  beforeAll(async () => {
    cluster = await freshRunsNode();
  });
  afterAll(() => endTestCluster(cluster));

  test.each(runs)("$title", async ({ one, isNative }) => {
    await provision({});
    if (one.here !== undefined) await execa("sh", ["-eu"], { input: one.here });
    if (one.prepare !== undefined) await cluster.lab.on("mini1", one.prepare);
    await provision(one.top);
    const project = notebookProject(mkdtempSync(join(tmpdir(), "minirack-test-")));
    try {
      writeFieldProject(project.root, one);
      const file = project.notebook("10_case.ipynb", ...one.notebook);
      const { lines, error } = await go(project.root, [file, "it", ...one.arguments, ...flags(isNative)]);
      expect(shortened(error, one.error), lines.join("\n")).toBe(one.error?.trimEnd() ?? "");
      expect(lines).toEqual(expect.arrayContaining(one.log));
      if (one.results.length > 0)
        expect(readdirSync(join(project.root, "results/it"))).toEqual(expect.arrayContaining(one.results));
      if (one.metadata !== undefined) expect(kept(project.root)).toMatchObject(Object(one.metadata));
      if (one.holds !== undefined) await cluster.lab.on("mini1", one.holds);
    } finally {
      rmSync(project.root, { recursive: true });
    }
  });

  const flags = (isNative: boolean) => ["--stack", stack, ...(isNative ? ["--native"] : [])];
  const kept = (project: string) =>
    JSON.parse(readFileSync(join(project, "results/it/metadata.json"), "utf8"));
});

/** An error as a case says it: what another program says after `…` is not ours. */
function shortened(error: string, expected = ""): string {
  const [start = "", rest] = expected.split("…");
  return rest !== undefined && error.startsWith(start) ? `${start}…` : error;
}

/** What scripts/run-remote.sh does with these words. */
async function go(project: string, words: string[]): Promise<{ lines: string[]; error: string }> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const command = runCommand("notebook", async (typed) => {
    const options = typedOptions("notebook", typed, { root: project, print, signal: undefined });
    await runRemote(options, { readNotebook: () => readNotebook(root, typed.stack) });
  });
  const error = await command
    .exitOverride()
    .parseAsync(words, { from: "user" })
    .then(
      () => "",
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
  return { lines, error };
}
