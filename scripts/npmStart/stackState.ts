import { z } from "zod";
import { settings, settingToken } from "../../provider/settings/index.ts";
import type { PreparedPulumi } from "../pulumi/prepare.ts";

const resource = z.object({
  type: z.string(),
  inputs: z.record(z.string(), z.json()).default({}),
});

const exported = z.object({
  deployment: z.object({ resources: z.array(resource).default([]) }),
});

const outputs = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      host: z.string(),
      port: z.number(),
      user: z.string(),
      os: z.string(),
      role: z.string(),
      linkAddress: z.string().optional(),
      linkInterface: z.string().optional(),
    }),
  ),
  /** Every measured pair of nodes. */
  links: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      interface: z.string(),
      gbps: z.number(),
      roundTripMs: z.number(),
    }),
  ),
});

/** A setting on a node, with its entries' names. */
export interface NodeSettingState {
  node: string;
  setting: string;
  entries: string[];
}

/** What a stack has made of its cluster file. */
export interface StackState extends z.infer<typeof outputs> {
  settings: NodeSettingState[];
}

/** Reads a stack's outputs and the settings in its state. */
export async function readStackState({ pulumi }: PreparedPulumi, stack: string): Promise<StackState> {
  const [state, told] = await Promise.all([
    pulumi(["stack", "export", "--stack", stack]),
    pulumi(["stack", "output", "--json", "--stack", stack]),
  ]);
  const { resources } = exported.parse(JSON.parse(state.stdout)).deployment;
  return { ...outputs.parse(JSON.parse(told.stdout)), settings: resources.flatMap(settingOf) };
}

/** By the inputs: the id of a node that was renamed keeps its former name. */
function settingOf({ type, inputs }: z.infer<typeof resource>): NodeSettingState[] {
  const setting = settings.find(({ key }) => settingToken(key) === type)?.key;
  const value = setting === undefined ? undefined : inputs[setting];
  if (setting === undefined || typeof inputs.node !== "string") return [];
  if (value === null || typeof value !== "object") return [];
  return [{ node: inputs.node, setting, entries: Object.keys(value) }];
}
