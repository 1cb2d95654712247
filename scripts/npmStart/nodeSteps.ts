import { join } from "node:path";
import { root } from "../lab/labStack.ts";
import { labStatus } from "../lab/labStatus.ts";
import { labUp } from "../lab/labUp.ts";
import { stackNodes } from "../nodes/stackNodes.ts";
import { preparePulumi } from "../pulumi/prepare.ts";
import { selectStack } from "../pulumi/stack.ts";
import { writeSshConfig } from "../sshConfig/sshConfig.ts";
import { provision } from "./provision.ts";
import { type Context, type Step, sayIn, stack } from "./step.ts";

const forgetDev = ["stack", "rm", stack, "--yes", "--force", "--preserve-config"];

export async function pulumiStep(context: Context, step: Step): Promise<void> {
  context.prepared = await preparePulumi({ root, say: sayIn(step) });
}

export async function labStep({ prepared }: Context, step: Step): Promise<void> {
  const before = (await labStatus()).filter(({ kind }) => kind === "container");
  if (before.length > 0 && before.every(({ system }) => system === "running")) {
    step.title = `Lab: ${before.length} nodes are up`;
    return;
  }
  if (before.length === 0) await prepared?.pulumi(forgetDev, { reject: false }); // what it knew was on nodes now gone
  await labUp({ say: sayIn(step) });
}

export async function provisionStep({ prepared }: Context, step: Step): Promise<void> {
  if (prepared === undefined) return;
  await selectStack(prepared, stack);
  const { changed, unchanged } = await provision(prepared, stack, sayIn(step));
  step.title =
    changed === 0
      ? `Nodes are as ${stack} wants them: ${unchanged} resources read live, nothing to change`
      : `Nodes provisioned: ${changed} resources changed, ${unchanged} as they were`;
}

/** A convenience: where ~/.ssh is not ours to write, the rest goes on. */
export async function sshConfigStep({ prepared }: Context, step: Step): Promise<void> {
  if (prepared === undefined) return;
  try {
    const { nodes } = await writeSshConfig(
      await stackNodes(prepared, stack, join(root, `Pulumi.${stack}.yaml`)),
    );
    step.title = `Nodes by name: ssh ${nodes.join(", ssh ")}`;
  } catch (error) {
    step.title = `Nodes by name are left out: ${error instanceof Error ? error.message : String(error)}`;
  }
}
