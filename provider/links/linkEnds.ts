import { z } from "zod";
import type { Target } from "../transport/connect.ts";
import { connectionSchema } from "../transport/connection.ts";

/** One end of the links, as the program gives it. Without a host key its node was not made ready in this run. */
const linkEnd = z
  .object({
    interface: z.string().min(1).describe("the interface that has the link's address"),
    address: z.string().min(1).describe("the link's address, without its prefix"),
    mayBeWireless: z.boolean().default(false).describe("whether the cluster file says that it is Wi-Fi"),
    connection: connectionSchema
      .partial({ hostKey: true })
      .meta({ id: "LinkEndConnection" })
      .describe("how its node is reached; without a host key it is left out"),
  })
  .meta({ id: "LinkEnd" });

/** Node → its end of the links. */
export const linkEndsSchema = z.record(z.string().min(1), linkEnd);
export type LinkEnds = z.infer<typeof linkEndsSchema>;

/** A node that can be asked to measure. */
export interface ReadyEnd {
  name: string;
  interface: string;
  address: string;
  mayBeWireless: boolean;
  target: Target;
}

/** Two nodes, each named once, in the order of their names. */
export type Pair = readonly [from: string, to: string];

/** The ends whose nodes were made ready. */
export function readyEnds(ends: LinkEnds): Map<string, ReadyEnd> {
  const ready = Object.entries(ends).flatMap(([name, { connection, ...end }]) => {
    const { hostKey, ...reached } = connection;
    if (hostKey === undefined) return [];
    const target = { name, connection: connectionSchema.parse({ ...reached, hostKey }) };
    return [[name, { ...end, name, target }] as const];
  });
  return new Map(ready);
}

const byNumber = new Intl.Collator("en", { numeric: true });

/** Names in the order in which people count: mini2 before mini10. The engine keeps no order. */
export function inOrder(names: Iterable<string>): string[] {
  return [...names].sort((one, other) => byNumber.compare(one, other) || (one < other ? -1 : 1));
}

/** Every two of these nodes. */
export function pairsOf(names: Iterable<string>): Pair[] {
  const ordered = inOrder(names);
  return ordered.flatMap((from, index) => ordered.slice(index + 1).map((to) => [from, to] as const));
}
