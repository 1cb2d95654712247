import { type EarlierState, readEarlierState, splitEarlierState, writeEarlierState } from "./earlierState.ts";
import { keptManifest } from "./folders/folderManifest.ts";
import type { ManifestFile } from "./folders/manifest.ts";
import { packPieces } from "./folders/packPieces.ts";
import { bytesNeeded, type Needs, piecesToSend } from "./folders/pieces.ts";
import type { SettingChange, SettingNode } from "./settingNode.ts";
import type { Delivery } from "./settings/setting.ts";
import { type Command, quote, run } from "./shell/command.ts";
import { expandHome } from "./transport/connection.ts";
import { LostConnection } from "./transport/nodeError.ts";

/** What is known before something is brought to a node. */
interface Begun extends Pick<SettingChange, "timeoutSeconds"> {
  seen: SettingChange["seen"];
  earlier: EarlierState;
}

const attempts = 5;

/**
 * Brings folders' contents to a node, beside their place, after the record of what was there before. A connection that
 * is cut is opened again: what has arrived is not sent twice.
 * @returns the stamp as it is now
 */
export async function deliver(
  node: SettingNode,
  deliveries: readonly Delivery[],
  { seen, earlier, timeoutSeconds }: Begun,
): Promise<SettingChange["seen"]> {
  if (deliveries.length === 0) return seen;
  const contents = deliveries.map((delivery) => ({ delivery, ...keptManifest(delivery.digest) }));
  const prepare = contents.map(({ delivery, text }) => delivery.prepare(text));
  const steps = [writeEarlierState(node.record, earlier), ...prepare];
  const now = splitEarlierState(await node.type({ seen, timeoutSeconds, steps }, readEarlierState));
  for (const { delivery, files } of contents) {
    await untilSent(() => sendLacking(node, delivery, files, { seen: now, timeoutSeconds }));
  }
  return now;
}

async function untilSent(send: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof LostConnection) || attempt === attempts) throw error;
    }
  }
}

async function sendLacking(
  node: SettingNode,
  { source, target, owner, needs: ask }: Delivery,
  files: readonly ManifestFile[],
  given: Pick<SettingChange, "seen" | "timeoutSeconds">,
): Promise<void> {
  const needs = parseNeeds(await node.type({ ...given, steps: [] }, ask));
  expectRoom(node, target, bytesNeeded(files, needs), needs.freeBytes);
  const pieces = piecesToSend(files, needs);
  if (pieces.length === 0) return;
  await node.send(receive(target, owner), packPieces(expandHome(source), pieces), given.timeoutSeconds);
}

/** The real group of what runs as somebody else on a node: see the prelude's `lent_to`. */
const nobodysGroup = "65530";

/** Unpacks what comes over stdin, as the folder's owner. */
function receive(target: string, owner: string): Command {
  const [user = "", group = ""] = owner.split(":");
  const unpack = run("tar", "--extract", "--file=-", "--no-same-owner", `--directory=${target}`);
  const find = group === "" ? `group=$(${run("id", "-gn", "--", user)})` : `group=${quote(group)}`;
  const ids = ["--ruid", user, "--euid", user, "--rgid", nobodysGroup, "--egid", { shell: '"$group"' }];
  const asOwner = run("setpriv", ...ids, "--init-groups");
  return `${find}\n[ "$(id -un):$(id -gn)" = ${quote(user)}:"$group" ] && exec ${unpack}\nexec ${asOwner} ${unpack}`;
}

/** What the prelude's `folder_needs` prints. */
export function parseNeeds(text: string): Needs {
  const rows = text.split("\n").map((line) => line.split("\t").slice(1));
  const of = (kind: string) => rows.filter((row) => row[0] === kind);
  const free = of("free")[0]?.[1];
  if (free === undefined)
    throw new Error(`expected what the node lacks and has free, got ${JSON.stringify(text)}`);
  return {
    lacking: new Set(of("lacking").map((row) => row[1] ?? "")),
    arrived: new Map(of("arrived").map((row) => [row[1] ?? "", Number(row[2])])),
    freeBytes: Number(free),
  };
}

function expectRoom(node: SettingNode, target: string, neededBytes: number, freeBytes: number): void {
  if (neededBytes <= freeBytes) return;
  throw node.error(
    `${gib(neededBytes)} GiB of free disk for ${target.replace(/\/[^/]*$/, "")}`,
    `${gib(freeBytes)} GiB`,
    "make room there or choose a path on another disk; nothing was sent",
  );
}

function gib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
