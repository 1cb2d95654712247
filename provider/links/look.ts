import { run } from "../shell/command.ts";
import { pooledNode } from "../transport/pool.ts";
import type { ReadyEnd } from "./linkEnds.ts";

/** Which way a node's traffic to the others goes, and who of them is silent. */
export interface Look {
  /** Whether the link's own interface is wireless. */
  isWireless: boolean;
  /** Other node → how traffic to its link address leaves; without those to whom no way leads. */
  ways: ReadonlyMap<string, { interface: string; isWireless: boolean }>;
  /** Nodes that were asked for an answer over the link and gave none. */
  silent: ReadonlySet<string>;
}

/**
 * Looks at a node's side of its links, together with whatever else is read on the node now. Changes nothing.
 * @param others to whom the way is looked up
 * @param asked who of them is asked for an answer
 */
export async function lookAtLinks(end: ReadyEnd, others: ReadyEnd[], asked: ReadyEnd[] = []): Promise<Look> {
  const answer = await pooledNode(end.target).reads.read("links", lookScript(end, others, asked));
  return parseLook(answer);
}

function lookScript(end: ReadyEnd, others: ReadyEnd[], asked: ReadyEnd[]): string {
  return [
    run("show_medium", end.interface),
    ...others.map(({ name, address }) => run("show_way", name, address)),
    ...asked.map(({ name, address }) => `${run("show_silent", name, address, end.address)} &`),
    "wait",
  ].join("\n");
}

function parseLook(answer: string): Look {
  const lines = answer.split("\n").map((line) => line.split("\t"));
  const all = (word: string) => lines.filter(([first]) => first === word).map(([, ...rest]) => rest);
  return {
    isWireless: all("medium")[0]?.[0] === "wireless",
    ways: new Map(
      all("way").map(([name = "", way = "", medium]) => [
        name,
        { interface: way, isWireless: medium === "wireless" },
      ]),
    ),
    silent: new Set(all("silent").map(([name = ""]) => name)),
  };
}
