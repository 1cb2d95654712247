import type { Readable, Writable } from "node:stream";
import { NodeError } from "./nodeError.ts";

/** Who must not be silent, for how long, and where what it says goes. */
export interface Silence {
  node: string;
  silentSeconds: number;
  sink: Writable;
}

/** Rejects when nothing has come, or been taken, for so long. A sink that is slow to take what came is not the node's silence. */
export function untilSilent(streams: Readable[], { node, silentSeconds, sink }: Silence) {
  let release = () => {};
  const silent = new Promise<never>((_resolve, reject) => {
    const look = () => (sink.writableNeedDrain ? timer.refresh() : reject(tooSilent(node, silentSeconds)));
    const timer = setTimeout(look, silentSeconds * 1000);
    const onData = () => void timer.refresh();
    for (const one of streams) one.on("data", onData);
    release = () => {
      clearTimeout(timer);
      for (const one of streams) one.off("data", onData);
    };
  });
  silent.catch(() => {}); // the race is over by then
  return { silent, release };
}

function tooSilent(node: string, seconds: number): NodeError {
  return new NodeError({
    node,
    subject: "connect",
    expected: `something of what was asked for at least every ${seconds} s`,
    found: "silence",
    remedy: "look at the node's load, disks and network, then run the command again",
  });
}
