import { readdirSync, readFileSync } from "node:fs";

/** A process of this computer. */
export interface Process {
  pid: number;
  parent: number;
  command: string;
  /** Tells it from a later one with the same pid. */
  startTicks: string;
}

/** All processes there are now. */
export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (fields[0] === "Z") return []; // dead, and nobody has asked yet
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent: Number(fields[1]), command, startTicks: fields[19] ?? "" }];
      } catch {
        return []; // ended while we looked
      }
    });
}

/** A process and all that it has started, directly or not. */
export function processTree(pid: number): Process[] {
  const all = processes();
  const tree = all.filter((one) => one.pid === pid);
  for (const one of tree) tree.push(...all.filter(({ parent }) => parent === one.pid));
  return tree;
}

/** Those of the given processes that still run. */
export function stillRunning(those: Process[]): Process[] {
  const now = new Map(processes().map((one) => [one.pid, one.startTicks]));
  return those.filter(({ pid, startTicks }) => now.get(pid) === startTicks);
}
