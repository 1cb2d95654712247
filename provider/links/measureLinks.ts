import { Cancelled, NodeError, Unreachable } from "../transport/nodeError.ts";
import { persistent } from "../transport/persistent.ts";
import { type Claims, type Figure, type Figures, figuresOf, wayOf } from "./figures.ts";
import type { Pair, ReadyEnd } from "./linkEnds.ts";
import { tooSlow, wayFault } from "./linkFaults.ts";
import { type Look, lookAtLinks } from "./look.ts";
import { roundsOf } from "./rounds.ts";
import { roundTripMs, throughputGbps } from "./throughput.ts";

/** What came of measuring: figures that are as they are wanted, and why the others are missing. */
export interface Measured {
  figures: Figures;
  failures: LinkFailure[];
}

/** Why pairs have no figure: one pair's fault, or that of a node that could not be asked. */
export interface LinkFailure {
  pairs: Pair[];
  error: NodeError;
}

/**
 * Measures pairs of nodes, in rounds in which no node is in two measurements. A pair that fails, and a node that is down,
 * keep nobody else from being measured.
 * @throws Cancelled
 */
export async function measureLinks(
  ends: ReadonlyMap<string, ReadyEnd>,
  pairs: readonly Pair[],
  claims: Claims,
): Promise<Measured> {
  const looked = await lookAtAll(ends, pairs);
  const failures = [...looked.failures];
  const figures: [Pair, Figure][] = [];
  const measure = async (pair: Pair) => {
    const [from, to] = pair.map((name) => looked.sides.get(name));
    if (from === undefined || to === undefined) return;
    try {
      figures.push([pair, await persistent(() => measurePair(from, to, claims))]);
    } catch (error) {
      failures.push({ pairs: [pair], error: nodeErrorOf(error) });
    }
  };
  for (const round of roundsOf(pairs)) await Promise.all(round.map(measure));
  return { figures: figuresOf(figures), failures };
}

/** A node's end with what was seen there. */
interface Side {
  end: ReadyEnd;
  look: Look;
}

async function lookAtAll(ends: ReadonlyMap<string, ReadyEnd>, pairs: readonly Pair[]) {
  const sides = new Map<string, Side>();
  const failures: LinkFailure[] = [];
  const look = async (end: ReadyEnd, own: Pair[]) => {
    const names = new Set(own.flat().filter((name) => name !== end.name));
    try {
      const others = [...names].flatMap((name) => ends.get(name) ?? []);
      sides.set(end.name, { end, look: await lookAtLinks(end, others) });
    } catch (error) {
      failures.push({ pairs: own, error: inLinksName(nodeErrorOf(error)) });
    }
  };
  const involved = [...ends.values()].map((end) => ({
    end,
    own: pairs.filter((pair) => pair.includes(end.name)),
  }));
  await Promise.all(involved.filter(({ own }) => own.length > 0).map(({ end, own }) => look(end, own)));
  return { sides, failures };
}

async function measurePair(one: Side, other: Side, { minGbps = 0, trigger }: Claims): Promise<Figure> {
  const [from, to] = [one.end, other.end];
  const fault = wayFault(from, to, one.look) ?? wayFault(to, from, other.look);
  if (fault !== undefined) throw fault;
  const roundTrip = await roundTripMs(from, to);
  const gbps: number[] = [];
  for (const [sender, receiver] of [
    [one, other],
    [other, one],
  ] as const) {
    const passed = await throughputGbps(sender.end, receiver.end);
    const { isWireless } = sender.look;
    if (passed < minGbps) throw tooSlow(sender.end, receiver.end, { minGbps, gbps: passed, isWireless });
    gbps.push(passed);
  }
  const way = wayOf({ [from.name]: from, [to.name]: to }, [from.name, to.name]);
  const figure = { gbps: Math.min(...gbps), roundTripMs: roundTrip, interface: from.interface, way };
  return { ...figure, ...(trigger !== undefined && { trigger }) };
}

/** What nobody expects ends the work, and so does a cancel. */
function nodeErrorOf(error: unknown): NodeError {
  if (error instanceof NodeError && !(error instanceof Cancelled)) return error;
  throw error;
}

function inLinksName(error: NodeError): NodeError {
  const { subject, remedy } = error.failure;
  const start =
    "start the node or correct its host and port, then run the command again: it measures what is missing";
  return new NodeError({
    ...error.failure,
    subject: `links: ${subject}`,
    remedy: error instanceof Unreachable ? start : remedy,
  });
}
