import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { type ProcessState, parsedOr, processStateSchema } from "../../runs/onNode/processState.ts";
import type { NodeRun } from "./nodeRun.ts";
import { type Outcome, outcomeSchema } from "./outcome.ts";
import { archiveScript, packScript } from "./runShell.ts";
import { unpackResults } from "./unpackResults.ts";

/** What a run left on its node, now in its folder here. */
export interface Fetched {
  outcome: Outcome | undefined;
  state: ProcessState | undefined;
  isRebooted: boolean;
  /** Whether somebody asked for its end. */
  isStopped: boolean;
  lastLines: string[];
  /** What came over the wire. */
  archiveBytes: number;
  /** Files of the run that are none that can be brought: links, devices. */
  leftOut: string[];
}

/**
 * Brings what a run left: packed on the node, checked here by its SHA-256, unpacked beside, then moved into the run's folder.
 * Cut off at any point it begins anew; nothing on the node is removed.
 */
export async function fetchResults(node: OpenNode, at: NodeRun, folder: string): Promise<Fetched> {
  const incoming = join(folder, ".incoming");
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  const { stdout } = await node.run({ script: packScript(at) });
  const [sha256 = "", bytes = ""] = stdout.trim().split(/\s+-?\s*/);
  const archive = join(incoming, "results.tar.gz");
  await receive(node, at, archive, { sha256, bytes: Number(bytes) });
  const leftOut = await unpackResults(archive, incoming);
  const fetched = { ...(await factsIn(incoming)), archiveBytes: Number(bytes), leftOut };
  await keepLog(incoming);
  await moveResults(join(incoming, "output"), folder);
  await rm(incoming, { recursive: true });
  return fetched;
}

async function receive(
  node: OpenNode,
  at: NodeRun,
  archive: string,
  expected: { sha256: string; bytes: number },
): Promise<void> {
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const writing = pipeline(hashing, createWriteStream(archive, { flush: true }));
  await Promise.all([node.download({ script: archiveScript(at) }, hashing), writing]);
  const found = hash.digest("hex");
  if (found === expected.sha256) return;
  throw new Error(
    `results of ${at.id}: expected ${expected.bytes} bytes with SHA-256 ${expected.sha256}, got ${found}; fetch them again: scripts/runs fetch`,
  );
}

async function factsIn(
  folder: string,
): Promise<Pick<Fetched, "outcome" | "state" | "isRebooted" | "isStopped" | "lastLines">> {
  const read = (name: string) => readFile(join(folder, name), "utf8").catch(() => "");
  const [outcome, state, boot, bootNow, lines] = await Promise.all(
    ["output/.minirack/outcome.json", "state.json", "boot", "boot.now", "lastLines"].map(read),
  );
  return {
    outcome: parsedOr(outcomeSchema, outcome ?? ""),
    state: parsedOr(processStateSchema, state ?? ""),
    isRebooted: boot !== bootNow,
    isStopped: existsSync(join(folder, "stopped")),
    lastLines: (lines ?? "").split("\n").filter((line) => line.trim() !== ""),
  };
}

/** A script's own log is whole; of a run that left none, or something else by that name, it is what its node has. */
async function keepLog(incoming: string): Promise<void> {
  const own = join(incoming, "output/execution.log");
  const told = join(incoming, "execution.log");
  if (!existsSync(own) && existsSync(told)) await rename(told, own);
}

/** The run's own metadata.json would be taken for ours: it gets another name. */
async function moveResults(from: string, folder: string): Promise<void> {
  if (!existsSync(from)) return;
  for (const name of await readdir(from)) {
    if (name === ".minirack") continue;
    const target = join(folder, name === "metadata.json" ? "metadata.own.json" : name);
    await rm(target, { recursive: true, force: true }); // of a fetch that was cut off here
    await rename(join(from, name), target);
  }
}
