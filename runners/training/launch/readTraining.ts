import { execa } from "execa";
import { z } from "zod";
import { pulumiEnvironment } from "../../../scripts/pulumi/environment.ts";
import { type Training, trainingSchema } from "./training.ts";

/**
 * The stack's output `training`.
 *
 * @throws Error when Pulumi cannot read the stack, or when the stack has no training runner
 */
export async function readTraining(root: string, stack: string): Promise<Training> {
  const { stdout, stderr, exitCode } = await execa(
    "pulumi",
    ["stack", "output", "--json", "--non-interactive", "--stack", stack],
    { cwd: root, env: await pulumiEnvironment(root), preferLocal: true, reject: false },
  );
  if (exitCode !== 0)
    throw new Error(`stack ${stack}: ${stderr.trim()}\nnpx pulumi up --stack ${stack} first`);
  return parseTraining(stdout, stack);
}

/** The output `training` among all of a stack's outputs, as `pulumi stack output --json` prints them. */
export function parseTraining(outputs: string, stack: string): Training {
  const parsed = z.object({ training: z.unknown().optional() }).parse(JSON.parse(outputs));
  const training = trainingSchema.safeParse(parsed.training);
  if (training.success) return training.data;
  throw new Error(
    `stack ${stack}: output training: ${z.prettifyError(training.error)}\n` +
      `see that its cluster file has a training runner, then npx pulumi up --stack ${stack}`,
  );
}
