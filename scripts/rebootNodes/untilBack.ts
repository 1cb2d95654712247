import { setTimeout as pause } from "node:timers/promises";
import type { Target } from "../../provider/transport/connect.ts";
import { NodeError } from "../../provider/transport/nodeError.ts";
import { type UnitStatus, unitStatuses } from "../services/unitStatus.ts";
import { type Boot, readBoot } from "./boot.ts";

/** How long to wait, and who hears of it. */
export interface Waiting {
  /** Milliseconds since 1970. */
  deadline: number;
  say(line: string): void;
}

const pauseMilliseconds = 1000;
/** What starts late, or again after a failure, has this long once the node has booted. */
const unitSeconds = 60;

/**
 * Waits for another boot that has come to its end.
 * @param before id of the boot that is to be over
 * @throws NodeError at the deadline, and at once where another host key is shown
 */
export async function untilBooted(target: Target, before: string, waiting: Waiting): Promise<Boot> {
  let found = "no answer";
  let isBack = false;
  for (;;) {
    const boot = await answered(target);
    if ("id" in boot) {
      found = boot.id === before ? "the same boot as before" : `a system that is ${boot.state}`;
      if (boot.id !== before && /^(running|degraded|maintenance)$/.test(boot.state)) return boot;
      if (boot.id !== before && !isBack) waiting.say("answers again");
      isBack ||= boot.id !== before;
    } else found = boot.silence;
    if (Date.now() > waiting.deadline) throw notBack(target.name, found);
    await pause(pauseMilliseconds);
  }
}

/** A node that goes down or comes up refuses connections in many ways; what is no matter of connecting is an error. */
async function answered(target: Target): Promise<Boot | { silence: string }> {
  try {
    return await readBoot(target);
  } catch (error) {
    if (!(error instanceof NodeError) || !["connect", "reboot"].includes(error.failure.subject)) throw error;
    return { silence: error.failure.found };
  }
}

/**
 * Waits until units run.
 * @throws NodeError naming those that do not
 */
export async function untilUnitsRun(
  target: Target,
  units: string[],
  { deadline, say }: Waiting,
): Promise<void> {
  const until = Math.min(deadline, Date.now() + unitSeconds * 1000);
  for (let isSaid = false; ; isSaid = true) {
    const resting = (await unitStatuses(target, units)).filter(({ isRunning }) => !isRunning);
    if (resting.length === 0) return;
    if (Date.now() > until) throw notRunning(target.name, resting);
    if (!isSaid) say(`waits for ${resting.map(({ unit }) => unit).join(", ")}`);
    await pause(pauseMilliseconds);
  }
}

function notBack(node: string, found: string): NodeError {
  return new NodeError({
    node,
    subject: "reboot",
    expected: "it to be back in time",
    found,
    remedy: "look at its screen and its power; give it longer by --timeout",
  });
}

function notRunning(node: string, resting: UnitStatus[]): NodeError {
  const [first] = resting;
  return new NodeError({
    node,
    subject: "reboot",
    expected: "what ran before to run again",
    found: resting.map(({ unit, active }) => `${unit}: ${active}`).join(", "),
    remedy: `scripts/logs ${node} ${first?.unit} says why; start it, then go on`,
  });
}
