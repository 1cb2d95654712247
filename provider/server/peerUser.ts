import { readFileSync } from "node:fs";

/**
 * Whether the other end of a connection over the loopback is a process of our own user. Where the kernel does not say whose it is
 * (macOS) it is taken for one.
 * @param peer its address and port, as gRPC writes them
 * @param port ours
 */
export function isOurUser(peer: string, port: number): boolean {
  const uid = process.getuid?.();
  const table = connections();
  if (uid === undefined || table === undefined) return true;
  const [local, remote] = [endOf(Number(peer.split(":").at(-1))), endOf(port)];
  return table.some((row) => row[1] === local && row[2] === remote && row[7] === String(uid));
}

/** Rows of Linux's list of connections by IPv4, in columns: 1 is the local end, 2 the remote one, 7 the user. */
function connections(): string[][] | undefined {
  try {
    const lines = readFileSync("/proc/net/tcp", "utf8").split("\n");
    return lines.map((line) => line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}

/** An end on the loopback as that list writes it. */
function endOf(port: number): string {
  return `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}
