import { z } from "zod";
import { forgetUnreachable } from "./forgetUnreachable.ts";
import type { Properties, Resource } from "./resource.ts";
import { PartlyDone } from "./server/partlyDone.ts";
import type { Setting } from "./settings/setting.ts";
import { errorText } from "./transport/errorText.ts";
import { Cancelled, NodeError } from "./transport/nodeError.ts";
import { persistent } from "./transport/persistent.ts";

/**
 * The resource of a setting, made to bear what nodes and networks do: a lost connection is tried again, because each
 * call begins by looking; an error names the setting; a node that is gone for good may be forgotten.
 */
export function bearingFaults(setting: Setting, resource: Resource): Resource {
  const bear = <T>(node: unknown, work: () => Promise<T>) => named(setting, node, () => persistent(work));
  return {
    ...resource,
    create: (...given) =>
      keepingPart(
        (work) => bear(given[0].node, work),
        () => resource.create(...given),
      ),
    read: (...given) => bear(given[1]?.node ?? given[0].split("/")[0], () => resource.read(...given)),
    update: (...given) => bear(given[1].to.node, () => resource.update(...given)),
    delete: (id, inputs, identity) =>
      bear(inputs.node, () =>
        forgetUnreachable(inputs, namesOf(setting, inputs), () => resource.delete(id, inputs, identity)),
      ),
  };
}

/** Bears what is behind a part that was done; that any try has done a part is not forgotten by the next. */
async function keepingPart<T>(
  bear: (work: () => Promise<T>) => Promise<T>,
  work: () => Promise<T>,
): Promise<T> {
  let part: PartlyDone | undefined;
  const one = () =>
    work().catch((error: unknown) => {
      if (!(error instanceof PartlyDone)) throw error;
      part = error;
      throw error.cause;
    });
  try {
    return await bear(one);
  } catch (error) {
    if (part === undefined) throw error;
    const reason = errorText(error);
    throw new PartlyDone({ ...part, reasons: [reason] }, error);
  }
}

async function named<T>(setting: Setting, node: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof z.ZodError) throw notByItsRule(setting, String(node), error);
    if (!(error instanceof NodeError) || error.failure.subject.startsWith(setting.key)) throw error;
    const { subject, remedy } = error.failure;
    const isLetFinish = error instanceof Cancelled && setting.lock === "apt";
    throw new NodeError({
      ...error.failure,
      subject: `${setting.key}: ${subject}`,
      remedy: isLetFinish ? `${letFinish}; ${remedy}` : remedy,
    });
  }
}

/** What was read of a node, or stands in its record, is none of what the setting knows. */
function notByItsRule({ key }: Setting, node: string, error: z.ZodError): NodeError {
  return new NodeError({
    node,
    subject: key,
    expected: "what it knows of this setting",
    found: errorText(error),
    remedy: "see what the node has there, and bring that into the form that is expected",
  });
}

const letFinish =
  "a package transaction that has begun is let finish on the node (journalctl -u minirack-apt)";

function namesOf(setting: Setting, inputs: Properties): { setting: string; names: string[] } {
  return { setting: setting.key, names: Object.keys(setting.value.parse(inputs[setting.key] ?? {})) };
}
