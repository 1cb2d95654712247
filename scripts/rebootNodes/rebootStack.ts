import { expectLinux } from "../nodes/expectLinux.ts";
import { type Outcome, outcomeOf } from "../nodes/outcome.ts";
import type { OpenStack, StackNode } from "../nodes/stackNodes.ts";
import { managedUnits } from "../services/managedUnits.ts";
import { unitStatuses } from "../services/unitStatus.ts";
import { readBoot } from "./boot.ts";
import { type Controller, expectOther } from "./controller.ts";
import { type AfterReboot, type BeforeReboot, rebootNode } from "./rebootNode.ts";

/** What became of a node. */
export type Reboot =
  | ({ action: "rebooted" } & AfterReboot)
  | { action: "not required" }
  /** In a rolling reboot: one before it did not come back. */
  | { action: "left" };

/** Which reboots, and how. */
export interface RebootOptions {
  /** One after another, each waited for. */
  isRolling: boolean;
  /** Leaves out those that wait for none. */
  isOnlyIfRequired: boolean;
  /** How long a node may take to be back. */
  timeoutSeconds: number;
  controller: Controller;
  say(line: string): void;
}

type Seen = Outcome<BeforeReboot>;

/**
 * Looks at all nodes, then reboots them. What goes wrong with a node is its outcome; a rolling reboot ends there, and does
 * not begin while a node does not answer.
 */
export async function rebootStack(
  { resources }: Pick<OpenStack, "resources">,
  nodes: StackNode[],
  options: RebootOptions,
): Promise<Outcome<Reboot>[]> {
  const all = await Promise.all(nodes.map((node) => look(node, resources, options.controller)));
  if (!options.isRolling) return await Promise.all(all.map((one) => rebootOne(one, options)));
  const isWell = all.every(({ error }) => error === undefined);
  const done: Outcome<Reboot>[] = [];
  for (const one of all) {
    const isGoing = isWell && done.every(({ error }) => error === undefined);
    if (isGoing || one.error !== undefined) done.push(await rebootOne(one, options));
    else done.push({ node: one.node, action: isNeeded(one, options) ? "left" : "not required" });
  }
  return done;
}

function look(
  { spec, target }: StackNode,
  resources: OpenStack["resources"],
  controller: Controller,
): Promise<Seen> {
  return outcomeOf(spec.name, async () => {
    expectLinux(spec, "scripts/reboot");
    const reached = await target();
    const boot = await readBoot(reached);
    expectOther(spec.name, boot, controller);
    const managed = managedUnits(resources, spec.name);
    const statuses = managed.length > 0 ? await unitStatuses(reached, managed) : [];
    const units = statuses.filter(({ isRunning }) => isRunning).map(({ unit }) => unit);
    return { target: reached, boot, units };
  });
}

async function rebootOne(seen: Seen, options: RebootOptions): Promise<Outcome<Reboot>> {
  const { node } = seen;
  if (seen.error !== undefined) return { node, error: seen.error };
  if (!isNeeded(seen, options)) return { node, action: "not required" };
  const say = (line: string) => options.say(`${node}: ${line}`);
  return await outcomeOf<Reboot>(node, async () => {
    return { action: "rebooted", ...(await rebootNode(seen, { ...options, say })) };
  });
}

function isNeeded({ boot }: Seen, { isOnlyIfRequired }: RebootOptions): boolean {
  return !isOnlyIfRequired || boot?.rebootReason !== undefined;
}
