import { preparePulumi } from "../pulumi/prepare.ts";
import { selectStack } from "../pulumi/stack.ts";
import { type LabStack, root } from "./labStack.ts";

interface Destroying extends LabStack {
  stack: string;
  configFile: string;
}

/**
 * `pulumi destroy` and `stack rm` for a lab. Where destroy fails the stack is forgotten all the same: all that it has is
 * on the local engine, and is removed by its label.
 * @throws Error when another Pulumi is at work on the stack
 */
export async function destroyStack({ stack, configFile, say, output }: Destroying): Promise<void> {
  const prepared = await preparePulumi({ root, say });
  await selectStack(prepared, stack, { configFile });
  const destroy = () =>
    prepared.pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile], {
      stdin: "ignore",
      all: true,
      reject: false,
    });
  let result = await destroy();
  if (result.failed && isLockedByTheDead(result.all)) {
    await prepared.pulumi(["cancel", "--yes", stack]);
    result = await destroy();
  }
  if (output === "shown" && !result.failed) say(result.all);
  if (result.failed && result.all.includes("currently locked"))
    throw new Error(`lab ${stack}: ${result.all}`);
  if (result.failed)
    say(`lab ${stack}: pulumi destroy failed; removing by label instead. It said:\n${result.all}`);
  await prepared.pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"]);
}

/** The file backend's lock names the process that took it; one that was killed has left it. */
export function isLockedByTheDead(message: string): boolean {
  const pids = [...message.matchAll(/\(pid (\d+)\)/g)].map((match) => Number(match[1]));
  return message.includes("currently locked") && pids.length > 0 && !pids.some(isAlive);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
