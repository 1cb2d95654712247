import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { closePool } from "../../../provider/transport/pool.ts";
import { labSnapshot } from "../../../scripts/lab/labSnapshot.ts";
import { unexcused } from "../../support/labNodeExcuses.ts";
import type { LabNodeProvider } from "../../support/labNodeProvider.ts";
import { fileAbove, fileNode, nodeProgram } from "../../support/nodeProgram.ts";
import { type TestLab, testFolder } from "../../support/testLab.ts";
import { randomNode } from "./randomNode.ts";

/** One random node that did not hold: everything to see it again. */
export interface Broken {
  seed: number;
  error: string;
  left: string[];
  drifts: string[];
  prepare: string;
  cluster: Record<string, unknown>;
}

/** An error that says where, what was expected, what was found and what to do. */
const isExact = /^node \S+: .+: expected .+, got .+; .+$/s;

/**
 * A node is made odd by a seed, a setting goes up and down on it. It must hold: no change after `up`, the same node after
 * `destroy`; or an exact error, and the same node.
 */
export async function tryRandomNode(
  { lab, provider }: { lab: TestLab; provider: LabNodeProvider },
  seed: number,
): Promise<Broken | undefined> {
  const [random] = fc.sample(randomNode, { seed, numRuns: 1 });
  if (random === undefined) throw new Error("expected a random node, got none");
  const { prepare, tidy, cluster } = random;
  await lab.on("mini1", prepare);
  const before = await labSnapshot("mini1", lab.stack);
  const folder = join(testFolder, lab.stack);
  await mkdir(folder, { recursive: true });
  const file = join(folder, "random.yaml");
  const nodes = [{ ...fileNode(lab, "mini1"), ...cluster }];
  await writeFile(file, stringify({ ...fileAbove(lab), nodes }));
  const program = await nodeProgram(provider, lab.stack, file);
  const error = await program.up();
  const drifts = error === "" ? await program.drifts() : [];
  const destroyed = await program.destroy().then(() => "", String);
  await closePool();
  const left = unexcused(before, await labSnapshot("mini1", lab.stack), [], new Set());
  await lab.on("mini1", `set +e\n${tidy}`);
  const holds =
    (error === "" || isExact.test(error)) && left.length + drifts.length === 0 && destroyed === "";
  return holds
    ? undefined
    : { seed, error: [error, destroyed].filter(Boolean).join("\n"), left, drifts, prepare, cluster };
}
