import { z } from "zod";
import { name } from "./names.ts";

const hook = z.strictObject({
  command: z
    .string()
    .min(1)
    .describe("POSIX sh, run on the node as its user; no secret in it: the state keeps it as it is"),
  triggers: z.array(z.json()).default([]).describe("values whose change runs it again, as its own does"),
});

/** One command, run once on a node. */
export type Hook = z.output<typeof hook>;

export const hooksRule = z.strictObject({
  afterUp: z.record(name, hook).default({}).describe("name → command, after all settings of the node"),
});

/** What runs once on a node, by its moment and name. */
export type Hooks = z.output<typeof hooksRule>;

/** The hooks of a node: those for all, and its own, which go before one of the same name. */
export function resolveHooks(shared: Hooks | undefined, own: Hooks | undefined): Hooks {
  return { afterUp: { ...shared?.afterUp, ...own?.afterUp } };
}
