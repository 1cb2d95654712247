import { randomBytes } from "node:crypto";
import { execa } from "execa";
import { z } from "zod";
import type { Bag } from "./propertyBag.ts";
import { type Kind, serveResources } from "./resourceProvider.ts";

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
async function run(command: string | undefined, inputs: Bag, earlier?: Bag): Promise<Bag> {
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

const localCommand: Kind = {
  inputs: z.strictObject(local),
  replaces: (property) => property === "triggers",
  outputs: ["stdout", "stderr"],
  create: async (inputs, name) => ({
    id: name + randomBytes(4).toString("hex"),
    outputs: await run(state.parse(inputs).create, inputs),
  }),
  read: async () => ({}),
  update: (_id, inputs, old) => {
    const { create, update } = state.parse(inputs);
    return run(update ?? create, inputs, old);
  },
  delete: (_id, old) => run(state.parse(old).delete, old, old),
};

serveResources("1.2.1", { "command:local:Command": localCommand });
