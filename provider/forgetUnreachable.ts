import type { Properties } from "./resource.ts";
import { warn } from "./server/engineLog.ts";
import { Unreachable } from "./transport/nodeError.ts";

/**
 * Runs a delete; on a node that cannot be reached and that `MINIRACK_FORGET_UNREACHABLE` names (names separated by
 * commas) it says what stays there instead of failing, so that `pulumi destroy` can end.
 */
export async function forgetUnreachable(
  inputs: Properties,
  { setting, names }: { setting: string; names: string[] },
  work: () => Promise<void>,
): Promise<void> {
  const forgotten = (process.env.MINIRACK_FORGET_UNREACHABLE ?? "").split(",").map((name) => name.trim());
  try {
    await work();
  } catch (error) {
    const node = String(inputs.node);
    if (!(error instanceof Unreachable) || !forgotten.includes(node)) throw error;
    const what = names.length === 0 ? "nothing" : names.join(", ");
    await warn(
      `node ${node}: ${setting}: forgotten, as MINIRACK_FORGET_UNREACHABLE says; stays there: ${what}`,
    );
  }
}
