import type { TestLab } from "./testLab.ts";

/** What a node's own log counts. */
export interface LogCount {
  /** By sshd. */
  logins: number;
  /** By sudo, which every script of ours goes through. */
  scripts: number;
}

/** What each of the nodes has counted since it was made; `work` is done between two counts. */
export async function countedOn(
  lab: TestLab,
  nodes: string[],
  work: () => Promise<unknown>,
): Promise<LogCount[]> {
  const before = await Promise.all(nodes.map((node) => count(lab, node)));
  await work();
  const after = await Promise.all(nodes.map((node) => count(lab, node)));
  return after.map(({ logins, scripts }, index) => ({
    logins: logins - (before[index]?.logins ?? 0),
    scripts: scripts - (before[index]?.scripts ?? 0),
  }));
}

async function count(lab: TestLab, node: string): Promise<LogCount> {
  const lines = (names: string, pattern: string) => `journalctl -q ${names} | grep -c ${pattern} || true`;
  const script = [lines("-t sshd -t sshd-session", "Accepted"), lines("-t sudo", "'COMMAND=.*sh -s$'")];
  const [logins = Number.NaN, scripts = Number.NaN] = (await lab.on(node, script.join("\n")))
    .split("\n")
    .map(Number);
  return { logins, scripts };
}
