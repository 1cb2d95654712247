import { randomBytes } from "node:crypto";
import { execa } from "execa";
import { z } from "zod";
import type { Properties, Resource } from "../provider/resource.ts";
import { checkedBy, readBy, serveStandIn, withoutDefaults } from "./standIn.ts";

const shared = {
  create: z.string().optional(),
  update: z.string().optional(),
  delete: z.string().optional(),
  triggers: z.array(z.json()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  stdin: z.string().optional(),
};
const local = { ...shared, dir: z.string().optional(), interpreter: z.array(z.string()).min(1).optional() };
const state = z.object({ ...local, stdout: z.string().default(""), stderr: z.string().default("") });

/** Runs one of the resource's commands as the official plugin does: trailing newline off, earlier outputs in the environment. */
async function run(
  command: string | undefined,
  inputs: Properties,
  earlier?: Properties,
): Promise<Properties> {
  const { dir, stdin, environment, interpreter } = state.parse(inputs);
  if (command === undefined) return { stdout: "", stderr: "" };
  const before = earlier && state.parse(earlier);
  const [file = "/bin/sh", ...options] = interpreter ?? ["/bin/sh", "-c"];
  const outputs = before && { PULUMI_COMMAND_STDOUT: before.stdout, PULUMI_COMMAND_STDERR: before.stderr };
  const result = await execa(file, [...options, command], {
    cwd: dir,
    env: { ...outputs, ...environment },
    input: stdin ?? "",
    reject: false,
  });
  if (!result.failed) return { stdout: result.stdout, stderr: result.stderr };
  const end = result.exitCode === undefined ? result.shortMessage : `exit status ${result.exitCode}`;
  throw new Error(`${end}: running ${JSON.stringify(command)}:\n${result.stderr}\n${result.stdout}`);
}

const token = "command:local:Command";
const localCommand: Resource = {
  outputs: ["stdout", "stderr"],
  outputsMayChange: true,
  outputsShowInputs: true,
  check: checkedBy(token, z.strictObject(local)),
  comparable: withoutDefaults,
  replaces: (property) => property === "triggers",
  canBeTwice: true,
  create: async (inputs, { name }) => {
    const outputs = await run(state.parse(inputs).create, inputs);
    return { id: name + randomBytes(4).toString("hex"), state: { ...inputs, ...outputs } };
  },
  read: readBy(async () => ({})),
  update: async (_id, { to, state: earlier }) => {
    const { create, update } = state.parse(to);
    return { ...to, ...(await run(update ?? create, to, earlier)) };
  },
  delete: async (_id, _inputs, _identity, known = {}) => {
    await run(state.parse(known).delete, known, known);
  },
};

serveStandIn("1.2.1", { [token]: localCommand });
