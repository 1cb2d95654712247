import { ownerText, takeOverName } from "../../provider/stackIdentity.ts";
import type { ExportedResource } from "../pulumi/exportedResources.ts";
import type { NodeCheck } from "./checkNode.ts";
import type { Finding } from "./findings.ts";
import type { FoundRecord } from "./nodeFacts.ts";

/** What the stack's state says besides. */
export interface KnownState {
  stack: string;
  /** The stack's id; undefined before its first `up`. */
  id: string | undefined;
  resources: ExportedResource[];
  pending: ExportedResource[];
}

/** Settings that the last `up` began and did not complete. */
export function unfinishedFindings({ stack, resources, pending }: KnownState): Finding[] {
  const remedy = `npm run stack -- up --stack ${stack}`;
  const failed = resources.flatMap((resource) => {
    const reason = resource.initErrors?.[0];
    return reason === undefined
      ? []
      : [{ ...placeOf(resource), found: `the last up failed: ${reason}`, remedy }];
  });
  const cut = pending.map((resource) => ({
    ...placeOf(resource),
    found: "the last up was cut off in it",
    remedy,
  }));
  return [...failed, ...cut].filter(({ node }) => node !== "");
}

/** `mini1-files-training` of mini1 is its `files-training`; what is of no node has its own name. */
function placeOf({ urn, inputs }: ExportedResource): { node: string; subject: string } {
  const name = urn.split("::").at(-1) ?? "";
  const node = typeof inputs.node === "string" ? inputs.node : "all";
  return { node, subject: name.startsWith(`${node}-`) ? name.slice(node.length + 1) : name };
}

/** Records that no state has: those of this stack that it forgot, and those of others. */
export function recordFindings(checks: NodeCheck[], known: KnownState): Finding[] {
  return checks.flatMap(({ spec, facts }) => {
    const records = facts?.records ?? [];
    const isKnown = ({ name }: FoundRecord) =>
      known.resources.some(({ id }) => id === `${spec.name}/${name.replace(".", "/")}`);
    const isOwn = (record: FoundRecord) => record.id !== undefined && record.id === known.id;
    const others = records.filter(
      (record) => !isOwn(record) && !(record.id === undefined && isKnown(record)),
    );
    const forgotten = records.filter((record) => isOwn(record) && !isKnown(record));
    return [...foreign(spec.name, others, known.stack), ...lost(spec.name, forgotten, known.stack)];
  });
}

function foreign(node: string, records: FoundRecord[], stack: string): Finding[] {
  const byOwner = new Map(records.map((record) => [ownerText(record), takeOverName(record)]));
  return [...byOwner].map(([owner, name]) => {
    const remedy =
      `destroy it there, or leave the node to it; where its state is lost: ` +
      `scripts/give-back ${node} --stack ${stack} --take-over ${name}`;
    return { node, subject: "records", found: `stack ${owner} manages it`, remedy };
  });
}

function lost(node: string, records: FoundRecord[], stack: string): Finding[] {
  if (records.length === 0) return [];
  const names = records.map(({ name }) => name.replace(".", "/")).join(", ");
  const remedy =
    `npm run stack -- up --stack ${stack} takes up what the cluster file names; once the stack is destroyed, ` +
    `scripts/give-back ${node} --stack ${stack} --yes puts the rest back`;
  return [{ node, subject: "records", found: `changed, and not in the stack's state: ${names}`, remedy }];
}
