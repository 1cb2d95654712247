import type { EarlierState } from "./earlierState.ts";
import type { Identity, Properties } from "./resource.ts";
import { unknownValue } from "./server/properties.ts";
import { type Owner, ownerText, takeOverName } from "./stackIdentity.ts";
import { NodeError } from "./transport/nodeError.ts";

/** Who asks for a record: the stack, and what its state says of the resource. */
export interface RecordOwner extends Identity {
  /** Ids of the stack by which it may own the record: today's, and in an update the one before it. */
  ids: string[];
  /** Whether the state has the resource. A record of version 0.1.0, which has no id, belongs to such a state alone. */
  isKnown: boolean;
}

/** The owner that a record is written for. */
export function ownerOf({ stack, ids: [id] }: RecordOwner): Owner {
  return id === undefined ? { stack } : { stack, id };
}

/** Whether the record is the stack's own: by its id, whatever its name is by now. */
export function isOwn(record: EarlierState, { stack, ids, isKnown }: RecordOwner): boolean {
  if (record.id !== undefined) return ids.includes(record.id);
  return record.stack === stack && (isKnown || ids.length === 0);
}

/** The error for a record of another stack, with every way out. */
export function foreignRecord(
  { name, setting }: { name: string; setting: { key: string } },
  record: EarlierState,
  owner: RecordOwner,
): NodeError {
  const [own, other] = [owner.stack, record.stack].map((stack) => stack.split("/").at(-1));
  const lost = takeOverName(record);
  return new NodeError({
    node: name,
    subject: setting.key,
    expected: `to be managed by stack ${ownerText(ownerOf(owner))} alone`,
    found: `the record of stack ${ownerText(record)}`,
    remedy:
      `destroy it there first (pulumi destroy --stack ${other}), or leave the node to it; where its state is lost, ` +
      `scripts/give-back ${name} --stack ${own} --take-over ${lost} gives the node back, ` +
      `and MINIRACK_TAKE_OVER=${lost} before this command takes it over`,
  });
}

/** Ids of the stack in several versions of the inputs. */
export function idsOf(...versions: Properties[]): string[] {
  return versions.flatMap(({ stackId }) => (typeof stackId === "string" ? [stackId] : []));
}

/** Where the state's key has no id, as version 0.1.0 made it, a preview does not know it: that is no change. */
export function withoutUnknownId({ stackId, ...inputs }: Properties): Properties {
  return stackId === undefined || stackId === unknownValue ? inputs : { ...inputs, stackId };
}
