import { z } from "zod";
import { run } from "../shell/command.ts";
import { heldScript } from "../shell/heldScript.ts";
import { prelude } from "../shell/prelude.ts";
import { lastLines } from "../transport/nodeError.ts";
import { pooledNode } from "../transport/pool.ts";
import type { ReadyEnd } from "./linkEnds.ts";
import { noAnswer, noMeasurement } from "./linkFaults.ts";

const answered = z.object({ end: z.object({ sum_received: z.object({ bits_per_second: z.number() }) }) });
const refused = z.object({ error: z.string() });

/** What arrives at `to` of what `from` sends for a second, in Gb/s to three digits. Nothing listens afterwards. */
export async function throughputGbps(from: ReadyEnd, to: ReadyEnd): Promise<number> {
  const { port, ended } = listen(from, to);
  try {
    return await send(from, to, await port);
  } finally {
    await ended; // with its one measurement, or at its limit
  }
}

/** Round trip in milliseconds, the shortest of five. */
export async function roundTripMs(from: ReadyEnd, to: ReadyEnd): Promise<number> {
  const { stdout } = await runOn(from, run("round_trip", to.address, from.address));
  if (stdout.trim() === "") throw noAnswer(from, to);
  return Number(stdout);
}

function listen(from: ReadyEnd, to: ReadyEnd): { port: Promise<number>; ended: Promise<unknown> } {
  let say: (port: number) => void = () => {};
  const said = new Promise<number>((resolve) => {
    say = resolve;
  });
  const listening = runOn(to, run("link_listen", to.address), (line) => {
    const [, port] = /^Server listening on (\d+)/.exec(line) ?? [];
    if (port !== undefined) say(Number(port));
  });
  const early = listening.then(({ stderr, stdout }) => {
    throw noMeasurement(from, to, lastLines(stderr || stdout, 1) || "no listener");
  });
  return { port: Promise.race([said, early]), ended: listening.catch(() => {}) };
}

async function send(from: ReadyEnd, to: ReadyEnd, port: number): Promise<number> {
  const { stdout, stderr } = await runOn(from, run("link_send", to.address, String(port), from.address));
  const answer = jsonOf(stdout);
  const { success, data } = answered.safeParse(answer);
  if (success) return Number((data.end.sum_received.bits_per_second / 1e9).toPrecision(3));
  const refusal = refused.safeParse(answer);
  throw noMeasurement(from, to, refusal.data?.error ?? (lastLines(stderr, 1) || "no answer of iperf3"));
}

/** As the user: none of it needs root. */
function runOn(end: ReadyEnd, command: string, onLine?: (line: string) => void) {
  const script = {
    text: heldScript(prelude, `hold_lifeline\n${command}`),
    holdsStdin: true,
    timeoutSeconds: 30,
    onLine,
  };
  return pooledNode(end.target).session.run(script);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
