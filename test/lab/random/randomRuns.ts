import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import {
  type NotebookMetadata,
  notebookMetadataSchema,
} from "../../../runners/notebook/run/notebookMetadata.ts";
import type { TestCluster } from "../../support/testCluster.ts";
import type { TestLab } from "../../support/testLab.ts";
import { type NotebookProject, notebookProject } from "../notebook/notebookProject.ts";
import { MeasuredController } from "./measuredController.ts";
import { cameHome, type Entry, listOutput } from "./outputListing.ts";
import { type RandomRun, randomRun } from "./randomRun.ts";

/** Where random runs are started from, and where they run. */
export interface RunWorkshop {
  project: NotebookProject;
  controller: MeasuredController;
  lab: TestLab;
}

/** A project whose notebook and script do what they are given. */
export function runWorkshop({ lab, stack }: Pick<TestCluster, "lab" | "stack">): RunWorkshop {
  const project = notebookProject(realpathSync(mkdtempSync(join(tmpdir(), "minirack-test-"))));
  project.write("src/odd_run.py", readFileSync(join(import.meta.dirname, "odd_run.py"), "utf8"));
  project.notebook("10_odd.ipynb", '# parameters\nplan = ""', "import odd_run\nodd_run.do(plan)");
  return { project, lab, controller: new MeasuredController(project.root, stack) };
}

export function endWorkshop({ project, controller }: RunWorkshop): void {
  controller.close();
  rmSync(project.root, { recursive: true, force: true });
}

/** One random run that did not hold: everything to see it again. */
export interface BrokenRun {
  seed: number;
  wrong: string[];
  run: RandomRun;
}

/**
 * A run that a seed draws writes odd things and ends in some way. It must hold: all that its node has of it comes home whole, or is named
 * and stays there; its end is told.
 */
export async function tryRandomRun(shop: RunWorkshop, seed: number): Promise<BrokenRun | undefined> {
  const [run] = fc.sample(randomRun, { seed, numRuns: 1 });
  if (run === undefined) throw new Error("expected a random run, got none");
  const wrong = await wrongOf(shop, run, `seed${seed}`);
  return wrong.length === 0 ? undefined : { seed, wrong, run };
}

async function wrongOf(shop: RunWorkshop, run: RandomRun, name: string): Promise<string[]> {
  const { controller, lab, project } = shop;
  const { kind, isNative, plan, memoryBytes, timeoutSeconds } = run;
  const limits = { hasNetwork: false, memoryBytes, timeoutSeconds };
  const file = kind === "notebook" ? "10" : "src/odd_run.py";
  const parameters = { plan: JSON.stringify(plan) };
  const options = { kind, file, run: name, isNative, parameters, limits, force: true, isDetached: true };
  const started = await controller.ask({ do: "run", options });
  if (started.error !== undefined) return [`start: ${started.error}`];
  const { remote } = notebookMetadataSchema.parse(started.value);
  const onNode = `/srv/minirack/runs/${remote?.id}`;
  try {
    await untilOver(shop, run, name, onNode);
    const left = await listOutput(lab, onNode);
    const fetched = await controller.ask({ do: "fetch", run: name });
    if (fetched.error !== undefined) return [`fetch: ${fetched.error}`];
    const metadata = notebookMetadataSchema.parse(fetched.value);
    const folder = join(project.root, "results", name);
    return [
      ...wrongEnd(run, metadata),
      ...(await wrongResults(left, metadata, folder)),
      ...(await wrongOnNode(lab, left, metadata, onNode)),
      ...readdirSync(join(project.root, "results")).filter((one) => one.startsWith(".")),
    ];
  } finally {
    await lab.on(
      "mini1",
      `rm -rf '${onNode}'; docker rm -f 'minirack-${remote?.id}' > /dev/null 2>&1 || true`,
    );
    rmSync(join(project.root, "results", name), { recursive: true, force: true });
  }
}

/** Resolves when the run has ended; one that waits is ended by `scripts/runs stop`. */
async function untilOver(shop: RunWorkshop, run: RandomRun, name: string, onNode: string): Promise<void> {
  const { controller, lab } = shop;
  const container = `minirack-${onNode.split("/").at(-1)}`;
  const says = run.isNative ? `cat '${onNode}/log'` : `docker logs '${container}' 2>&1`;
  const waits = () => lab.on("mini1", `${says} | grep -cx waiting || true`);
  if (run.plan.end === "wait") {
    while ((await waits()) === "0" && (await isRunning(controller, name))) await wait(300);
    const { error } = await controller.ask({ do: "stop", run: name });
    if (error !== undefined) throw new Error(`stop: ${error}`);
  }
  while (await isRunning(controller, name)) await wait(300);
}

async function isRunning(controller: MeasuredController, name: string): Promise<boolean> {
  const { value, error } = await controller.ask({ do: "status", run: name });
  if (error !== undefined) throw new Error(`status: ${error}`);
  return typeof value === "object" && value !== null && "isRunning" in value && value.isRunning === true;
}

const expectedStatus: Record<RandomRun["plan"]["end"], NotebookMetadata["status"]> = {
  return: "finished",
  exit: "failed",
  raise: "failed",
  killed: "failed",
  crashed: "failed",
  executorKilled: "failed",
  memory: "failed",
  wait: "stopped",
  timeout: "failed",
};

function wrongEnd({ plan }: RandomRun, { status, exit }: NotebookMetadata): string[] {
  const meddles = plan.steps.some((step) =>
    step.includes(Buffer.from(".minirack/outcome.json").toString("hex")),
  );
  const isToldWell = status === expectedStatus[plan.end] || (meddles && status === "failed");
  const hasReason = (exit?.reason ?? "") !== "";
  return isToldWell && hasReason ? [] : [`${plan.end}: ended as ${status}: ${JSON.stringify(exit)}`];
}

async function wrongResults(left: Entry[], { leftOut }: NotebookMetadata, folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const entry of left)
    if (!(await cameHome(entry, folder))) missing.push(`${entry.type} ${entry.path.toString()}`);
  const named = new Set(leftOut?.files.map(({ path }) => path));
  const isWhole = leftOut === undefined || leftOut.count === leftOut.files.length;
  const unnamed = missing.filter((one) => isWhole && !named.has(one.slice(2)));
  return unnamed.map((one) => `neither came nor is named: ${JSON.stringify(one)}`);
}

async function wrongOnNode(
  lab: TestLab,
  before: Entry[],
  { leftOut }: NotebookMetadata,
  onNode: string,
): Promise<string[]> {
  const isThere = (await lab.on("mini1", `[ ! -e '${onNode}' ] || echo there`)) === "there";
  if (leftOut === undefined) return isThere ? ["all came, and its folder is on the node"] : [];
  if (!isThere) return ["something is left out, and its folder is gone"];
  const after = await listOutput(lab, onNode);
  return JSON.stringify(after) === JSON.stringify(before) ? [] : ["what stays on the node has changed"];
}
