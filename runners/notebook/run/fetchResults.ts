import { createWriteStream } from "node:fs";
import { lstat, mkdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hangingSeconds } from "../../../provider/transport/download.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { withIncoming } from "../../runs/incoming.ts";
import { readText } from "../../runs/jsonFile.ts";
import type { LeftOut } from "../../runs/leftOut.ts";
import { type ProcessState, parsedOr } from "../../runs/onNode/processState.ts";
import { complaints } from "./complaints.ts";
import { type EndOnNode, endOnNode } from "./endOnNode.ts";
import { moveResults } from "./moveResults.ts";
import type { NodeRun } from "./nodeRun.ts";
import { type Outcome, outcomeSchema } from "./outcome.ts";
import { bytesText } from "./quantities.ts";
import { mostNames } from "./room.ts";
import { packScript, runShell } from "./runShell.ts";
import { type Unpacking, unpackResults } from "./unpackResults.ts";

/** What a run left on its node, now in its folder here. */
export interface Fetched extends Omit<EndOnNode, "outputBytes"> {
  outcome: Outcome | undefined;
  state: ProcessState | undefined;
  /** What of its output cannot be brought: pipes, devices, links that lead away. */
  leftOut: LeftOut[];
  /** What it has printed and its node has not kept: Docker keeps the last of it. */
  logCutBytes: number | undefined;
}

/** Stays free on the controller's disk. */
const reserveBytes = 64 * 2 ** 20;
const reserveNames = 10_000;

type Room = Required<Pick<Unpacking, "mostBytes" | "mostNames">>;

/**
 * Brings what a run left: its output is packed into a pipe that ends here, unpacked beside the run's folder, then moved into it. Cut
 * off at any point it begins again; nothing on the node is removed.
 *
 * @param mostBytes that the output may be; as much as there is room unless given
 */
export async function fetchResults(
  node: OpenNode,
  at: NodeRun,
  folder: string,
  mostBytes?: number,
): Promise<Fetched> {
  const results = dirname(folder);
  const { outputBytes, ...end } = await endOnNode(node, at);
  const room = await expectRoom(at, results, outputBytes, mostBytes);
  return await withIncoming(results, async (incoming) => {
    const leftOut = await receiveOutput(node, at, incoming, room);
    const output = join(incoming, "output");
    const outcome = parsedOr(outcomeSchema, (await readText(join(output, ".minirack/outcome.json"))) ?? "");
    const log = join(incoming, "execution.log");
    const hasOwnLog = (await lstat(join(output, "execution.log")).catch(() => undefined))?.isFile() ?? false;
    const logBytes = hasOwnLog ? Number.POSITIVE_INFINITY : await receiveLog(node, at, log, room.mostBytes);
    const cutBytes = (outcome?.printedBytes ?? 0) - logBytes;
    await moveResults(output, folder, hasOwnLog ? undefined : log);
    return { ...end, outcome, leftOut, logCutBytes: cutBytes > 0 ? cutBytes : undefined };
  });
}

async function expectRoom(
  { id, folder }: NodeRun,
  results: string,
  bytes: number,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Room> {
  const { bavail, bsize, files, ffree } = await statfs(results);
  const roomBytes = bavail * bsize - reserveBytes;
  const wrong = (expected: string, found: string, remedy: string) =>
    new Error(`results of ${id}: expected ${expected}, got ${found}; ${remedy}`);
  if (bytes > mostBytes)
    throw wrong(
      `at most ${bytesText(mostBytes)}`,
      bytesText(bytes),
      `scripts/runs fetch brings them all, or remove some on the node in ${folder}/output first`,
    );
  if (bytes > roomBytes)
    throw wrong(
      `${bytesText(bytes)} free for them in ${results}`,
      bytesText(Math.max(0, roomBytes)),
      "make room there, then scripts/runs fetch",
    );
  const freeNames = files === 0 ? mostNames : ffree - reserveNames; // a file system that counts none
  return {
    mostBytes: Math.min(mostBytes, roomBytes),
    mostNames: Math.max(0, Math.min(mostNames, freeNames)),
  };
}

async function receiveOutput(node: OpenNode, at: NodeRun, incoming: string, room: Room): Promise<LeftOut[]> {
  const archive = new PassThrough();
  const unpacking = unpackResults(archive, incoming, { ...room, outputOnNode: `${at.folder}/output` });
  unpacking.catch((error: Error) => archive.destroy(error));
  const [{ stderr }, leftOut] = await bothOf(into(archive, node, packScript(at)), unpacking);
  await mkdir(join(incoming, "output"), { recursive: true });
  const inOutput = leftOut.map(({ path, why }) => ({ path: path.replace(/^output\//, ""), why }));
  return [...inOutput, ...complaints(stderr)];
}

/** What a script prints, into a stream that fails with it. */
async function into(sink: Writable, node: OpenNode, script: string): Promise<{ stderr: string }> {
  try {
    return await node.download({ script, silentSeconds: hangingSeconds }, sink);
  } catch (error) {
    sink.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** Both; where one fails, the error is its own and not the other's of the stream that broke off. */
async function bothOf<One, Other>(download: Promise<One>, unpacking: Promise<Other>): Promise<[One, Other]> {
  const [one, other] = await Promise.allSettled([download, unpacking]);
  if (other.status === "rejected" && !isCut(other.reason)) throw other.reason;
  if (one.status === "rejected") throw one.reason;
  if (other.status === "rejected") throw other.reason;
  return [one.value, other.value];
}

function isCut(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "Z_BUF_ERROR" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

/** What a run has printed, as its node has it; gives how many bytes. */
async function receiveLog(node: OpenNode, at: NodeRun, path: string, mostBytes: number): Promise<number> {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(
        bytes > mostBytes
          ? new Error(`log of ${at.id}: expected at most ${bytesText(mostBytes)}, got more`)
          : null,
        chunk,
      );
    },
  });
  const writing = pipeline(bounded, createWriteStream(path, { flush: true }));
  const script = `{ ${runShell(at).logs().trimEnd()}\n} 2> /dev/null || true\n`;
  await bothOf(into(bounded, node, script), writing);
  return bytes;
}
