import { type EarlierState, splitEarlierState } from "./earlierState.ts";
import { settings } from "./settings/index.ts";
import type { Target } from "./transport/connect.ts";
import { pooledNode } from "./transport/pool.ts";

/** A record on a node: what a setting was before us, and for which purpose, where it has one. */
export interface NodeRecord {
  setting: string;
  purpose?: string;
  earlier: EarlierState;
}

const script = `for record in /var/lib/minirack/*.json; do
  [ ! -e "$record" ] || { basename "$record" .json; cat "$record"; }
done`;

/**
 * Every record of a node in the order in which they are given back.
 * @throws Error when one is not understood
 */
export async function readRecords(target: Target): Promise<NodeRecord[]> {
  const records = (await namedLines(target)).map(([name, line]) => parseRecord(target.name, name, line));
  return inOrder(records);
}

/** Those of a node's records that are somebody's, in that order; what is not understood is none of them. */
export async function recordsOf(
  target: Target,
  isTheirs: (earlier: EarlierState) => boolean,
): Promise<NodeRecord[]> {
  const records = (await namedLines(target)).map(([name, line]) => understood(name, line));
  return inOrder(records.filter((one) => one !== undefined)).filter(({ earlier }) => isTheirs(earlier));
}

async function namedLines(target: Target): Promise<[name: string, line: string][]> {
  const lines = (await pooledNode(target).reads.read("records", script)).split("\n");
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < lines.length; index += 2)
    pairs.push([lines[index] ?? "", lines[index + 1] ?? ""]);
  return pairs;
}

function inOrder(records: NodeRecord[]): NodeRecord[] {
  return records.sort((one, other) => rank(one) - rank(other));
}

function understood(name: string, line: string): NodeRecord | undefined {
  const [setting = "", purpose] = name.split(".");
  const earlier = isKnown(setting) ? parsed(line) : undefined;
  return earlier && { setting, ...(purpose !== undefined && { purpose }), earlier };
}

function isKnown(setting: string): boolean {
  return settings.some(({ key }) => key === setting);
}

function parseRecord(node: string, name: string, line: string): NodeRecord {
  const record = understood(name, line);
  if (record !== undefined) return record;
  throw new Error(
    `node ${node}: /var/lib/minirack/${name}.json: expected a record of this version of minirack, got ` +
      `${isKnown(name.split(".")[0] ?? "") ? "something else" : "another setting"}; use the version that wrote it, or put it right by hand and remove it`,
  );
}

function parsed(line: string): EarlierState | undefined {
  try {
    return splitEarlierState(line).earlier;
  } catch {
    return undefined;
  }
}

/** What rests on something else goes before it, access last; files of a runner rest on its Python environment. */
function rank({ setting, purpose }: NodeRecord): number {
  return purpose === undefined ? settings.length - settings.findIndex(({ key }) => key === setting) : -1;
}
