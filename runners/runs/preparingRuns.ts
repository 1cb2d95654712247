import { setTimeout as later } from "node:timers/promises";
import { keepLoss } from "./keepLoss.ts";
import { isAlive, isElsewhere, type Launcher } from "./launcher.ts";
import { type Run, readRun } from "./listRuns.ts";
import type { RemoteRuns } from "./remoteRuns.ts";

const stopSeconds = 60;
const goneReason = "its launch ended without a word: it was killed, or the controller went down";

/** Runs that a process of a controller is bringing to their node. */
export const preparingRuns: RemoteRuns = {
  async status(run) {
    const { launcher } = run.metadata;
    if (!(await goesOn(launcher))) return { isRunning: false, line: "its launch ended without a word" };
    return { isRunning: true, line: `prepared by process ${launcher?.pid} on ${launcher?.controller}` };
  },
  async logs(run, { print }) {
    print((await preparingRuns.status(run)).line);
  },
  async stop(run) {
    const { launcher } = run.metadata;
    if (launcher === undefined || !(await goesOn(launcher))) return;
    if (isElsewhere(launcher)) throw notHere(run, launcher);
    process.kill(launcher.pid, "SIGTERM");
    await untilGone(run, launcher);
  },
  async fetch(run) {
    if (await goesOn(run.metadata.launcher)) return run.metadata;
    const { metadata } = (await readRun(run.folder)) ?? run; // it may have kept its end in the meantime
    return metadata.status === "running" ? keepLoss(run.folder, metadata, goneReason) : metadata;
  },
};

async function goesOn(launcher: Launcher | undefined): Promise<boolean> {
  return launcher !== undefined && (isElsewhere(launcher) || (await isAlive(launcher)));
}

async function untilGone({ name }: Run, launcher: Launcher): Promise<void> {
  const limit = AbortSignal.timeout(stopSeconds * 1000);
  while (await isAlive(launcher)) {
    if (limit.aborted) {
      throw new Error(
        `run ${name}: expected process ${launcher.pid} to end within ${stopSeconds} s, got none of it; kill it by hand`,
      );
    }
    await later(100);
  }
}

function notHere({ name }: Run, { controller, pid }: Launcher): Error {
  return new Error(
    `run ${name}: expected a run of this controller, got one of process ${pid} on ${controller}; stop it there`,
  );
}
