import type { PreparedPulumi } from "../pulumi/prepare.ts";

/** How an `up` ended. */
export interface Provisioned {
  changed: number;
  unchanged: number;
}

/**
 * `pulumi up --refresh` of a stack: reads every setting live from its node, shows each resource as it is done, repairs
 * what drifted.
 *
 * @throws Error with Pulumi's own diagnostics
 */
export async function provision(
  { pulumi }: PreparedPulumi,
  stack: string,
  say: (line: string) => void,
): Promise<Provisioned> {
  const args = ["up", "--yes", "--skip-preview", "--refresh", "--stack", stack, "--color", "never"];
  const running = pulumi(args, { stdin: "ignore", all: true, reject: false, lines: true });
  say("reads every setting from its node, then changes what differs");
  let done = 0;
  for await (const line of running.iterable({ from: "all" })) {
    const finished = /^ *[~+-]+ +minirack:\S+ (\S+) (created|updated|deleted)/.exec(String(line));
    if (finished) say(`${++done} done: ${finished[1]} ${finished[2]}`);
  }
  const { all, failed } = await running;
  const text = all.map(String);
  if (failed) throw new Error(diagnostics(text));
  return { changed: done, unchanged: count(text, "unchanged") };
}

/** What Pulumi says after `Diagnostics:`, which has our errors word for word. */
function diagnostics(lines: string[]): string {
  const from = lines.findIndex((line) => line.startsWith("Diagnostics:"));
  return lines.slice(from < 0 ? -20 : from).join("\n");
}

function count(lines: string[], word: string): number {
  const found = lines.map((line) => new RegExp(`^ +(\\d+) ${word}`).exec(line)).find((match) => match);
  return Number(found?.[1] ?? 0);
}
