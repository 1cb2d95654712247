import { type EarlierState, splitEarlierState } from "../../provider/earlierState.ts";
import { settings } from "../../provider/settings/index.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { pooledNode } from "../../provider/transport/pool.ts";

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
  const lines = (await pooledNode(target).reads.read("records", script)).split("\n");
  const records: NodeRecord[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    records.push(parseRecord(target.name, lines[index] ?? "", lines[index + 1] ?? ""));
  }
  return records.sort((one, other) => rank(one) - rank(other));
}

function parseRecord(node: string, name: string, line: string): NodeRecord {
  const [setting = "", purpose] = name.split(".");
  const known = settings.some(({ key }) => key === setting);
  const earlier = known ? parsed(line) : undefined;
  if (earlier !== undefined) return { setting, ...(purpose !== undefined && { purpose }), earlier };
  throw new Error(
    `node ${node}: /var/lib/minirack/${name}.json: expected a record of this version of minirack, got ` +
      `${known ? "something else" : "another setting"}; use the version that wrote it, or put it right by hand and remove it`,
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
