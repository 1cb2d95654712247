import { execa } from "execa";
import { z } from "zod";
import { pulumiEnvironment } from "../scripts/pulumi/environment.ts";

/** An output of a stack that a runner needs: its name, its form, and the key of the cluster file that makes it. */
export interface WantedOutput<Schema extends z.ZodType> {
  name: string;
  schema: Schema;
}

/**
 * Reads an output of a stack.
 *
 * @throws Error when Pulumi cannot read the stack, or when the stack has no such runner
 */
export async function readStackOutput<Schema extends z.ZodType>(
  root: string,
  stack: string,
  wanted: WantedOutput<Schema>,
): Promise<z.output<Schema>> {
  const { stdout, stderr, exitCode } = await execa(
    "pulumi",
    ["stack", "output", "--json", "--non-interactive", "--stack", stack],
    { cwd: root, env: await pulumiEnvironment(root), preferLocal: true, reject: false },
  );
  if (exitCode !== 0)
    throw new Error(`stack ${stack}: ${stderr.trim()}\nnpx pulumi up --stack ${stack} first`);
  return parseStackOutput(stdout, stack, wanted);
}

/** One output among all of a stack's, as `pulumi stack output --json` prints them. */
export function parseStackOutput<Schema extends z.ZodType>(
  outputs: string,
  stack: string,
  { name, schema }: WantedOutput<Schema>,
): z.output<Schema> {
  const all = z.record(z.string(), z.unknown()).parse(JSON.parse(outputs));
  const read = schema.safeParse(all[name]);
  if (read.success) return read.data;
  throw new Error(
    `stack ${stack}: output ${name}: ${z.prettifyError(read.error)}\n` +
      `see that its cluster file has a ${name} runner, then npx pulumi up --stack ${stack}`,
  );
}
