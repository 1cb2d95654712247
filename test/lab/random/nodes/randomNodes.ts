import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { closePool } from "../../../../provider/transport/pool.ts";
import { labSnapshot } from "../../../../scripts/lab/labSnapshot.ts";
import { unexcused } from "../../../support/labNodeExcuses.ts";
import { type LabNodeProvider, labNodeProvider } from "../../../support/labNodeProvider.ts";
import { fileAbove, fileNode, nodeProgram } from "../../../support/nodeProgram.ts";
import { type TestLab, testFolder, testLab } from "../../../support/testLab.ts";
import { cycleLab } from "../../settings/cycleLab.ts";
import type { RandomNode } from "./preState.ts";

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

/** A user's manager ends with their session, not ten seconds later: a snapshot waits for that. */
const noDelay = `mkdir -p /etc/systemd/logind.conf.d
printf '[Login]\\nUserStopDelaySec=0\\n' > /etc/systemd/logind.conf.d/lab.conf
systemctl restart systemd-logind
apt-get -q update && apt-get -q -y install --no-install-recommends acl iptables openssl`;

/** A node that is made odd by seed after seed: a fresh one where the last seed did not leave it as it was. */
export class RandomNodes {
  private lab: TestLab | undefined;
  private provider: LabNodeProvider | undefined;
  private pristine = "";
  private isPristine = false;

  /**
   * A node is made odd by a seed, what a cluster file wants there goes up and down on it. It must hold: no change after `up`,
   * the same node after `destroy`; or an exact error, and the same node.
   */
  async try(arbitrary: fc.Arbitrary<RandomNode>, seed: number): Promise<Broken | undefined> {
    const [random] = fc.sample(arbitrary, { seed, numRuns: 1 });
    if (random === undefined) throw new Error("expected a random node, got none");
    const lab = await this.freshLab();
    await lab.on("mini1", random.prepare);
    this.isPristine = false;
    const before = await this.snapshot();
    const { error, drifts } = await this.upAndDown(lab, random.cluster);
    await closePool();
    const left = differences(before, await this.snapshot());
    await lab.on("mini1", `set +e\n${random.tidy}\n:`);
    if ((error === "" || isExact.test(error)) && left.length + drifts.length === 0) {
      const kept = differences(this.pristine, await this.snapshot());
      if (kept.length > 0)
        console.log(
          `seed ${seed}: a fresh node follows, as it was not tidied: ${kept.slice(0, 4).join(", ")}`,
        );
      this.isPristine = kept.length === 0;
      return undefined;
    }
    return { seed, error, left, drifts, prepare: random.prepare, cluster: random.cluster };
  }

  async close(): Promise<void> {
    await this.lab?.down();
    await this.provider?.close();
  }

  private async freshLab(): Promise<TestLab> {
    this.lab ??= await testLab(...cycleLab, ["mini1"]);
    const { lab } = this;
    if (this.isPristine) return lab;
    await lab.up();
    await lab.on("mini1", noDelay);
    this.pristine = await this.snapshot();
    return lab;
  }

  private async upAndDown(
    lab: TestLab,
    cluster: Record<string, unknown>,
  ): Promise<{ error: string; drifts: string[] }> {
    this.provider ??= await labNodeProvider(lab.stack, "");
    const folder = join(testFolder, lab.stack);
    await mkdir(folder, { recursive: true });
    const file = join(folder, "random.yaml");
    await writeFile(
      file,
      stringify({ ...fileAbove(lab), nodes: [{ ...fileNode(lab, "mini1"), ...cluster }] }),
    );
    const program = await nodeProgram(this.provider, lab.stack, file);
    const error = await program.up();
    const drifts = error === "" ? await program.drifts() : [];
    const destroyed = await program.destroy().then(() => "", String);
    return {
      error: error === "" ? destroyed : error,
      drifts: destroyed === "" ? drifts : [...drifts, destroyed],
    };
  }

  private snapshot(): Promise<string> {
    return labSnapshot("mini1", cycleLab[0]);
  }
}

/** `vm.*` is the Docker host's, which other labs change as well. */
function differences(before: string, after: string): string[] {
  return unexcused(before, after, [], new Set()).filter((line) => !line.includes(" vm/"));
}
