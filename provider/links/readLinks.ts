import type { Properties } from "../resource.ts";
import { warn } from "../server/engineLog.ts";
import { Unreachable } from "../transport/nodeError.ts";
import { type Claims, type Figures, figuresOf, validFigure } from "./figures.ts";
import { inOrder, type LinkEnds, type Pair, pairsOf, type ReadyEnd, readyEnds } from "./linkEnds.ts";
import { type Look, lookAtLinks } from "./look.ts";
import { type Routes, routesOf } from "./routes.ts";

/** Links as the state has them. */
export interface KnownLinks extends Claims {
  ends: LinkEnds;
  figures: Figures;
  inputs: Properties;
  state: Properties;
}

/**
 * The links as they are now. A route that leads elsewhere is told as it is; it is absent where nobody answers or no figure
 * holds, and such a pair's figure goes, so that the next `up` measures it. Of a node that is down nothing is said.
 */
export async function readLinks({ inputs, state, ...known }: KnownLinks) {
  const looks = await lookAtAll(readyEnds(known.ends));
  const routes: Routes = {};
  const kept = pairsOf(Object.keys(known.ends)).flatMap((pair) => {
    const figure = validFigure(known.figures, pair, known.ends, known);
    const ways = figure === undefined || isSilent(pair, looks) ? [] : waysOf(pair, known.ends, looks);
    for (const [from, to, way] of ways) routes[from] = { ...routes[from], [to]: way };
    const isAsWanted =
      ways.length === 2 && ways.every(([from, , way]) => way === known.ends[from]?.interface);
    return figure !== undefined && isAsWanted ? [[pair, figure] as const] : [];
  });
  const now = { ...inputs, routes: { ...noRoutes(known.ends), ...routes } };
  return { inputs: now, state: { ...state, ...now, measured: figuresOf(kept) } };
}

type Looks = ReadonlyMap<string, Look>;

async function lookAtAll(ends: ReadonlyMap<string, ReadyEnd>): Promise<Looks> {
  const names = inOrder(ends.keys());
  const looks = new Map<string, Look>();
  const look = async (name: string, index: number) => {
    const end = ends.get(name);
    if (end === undefined) return;
    const [others, asked] = [names.filter((one) => one !== name), names.slice(index + 1)].map((some) =>
      some.flatMap((one) => ends.get(one) ?? []),
    );
    try {
      looks.set(name, await lookAtLinks(end, others ?? [], asked));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await warn(
        `node ${name}: links: expected to look at them, got no connection; they are told as they were`,
      );
    }
  };
  await Promise.all(names.map(look));
  return looks;
}

/** Whether one of two nodes that are up does not answer the other. */
function isSilent([from, to]: Pair, looks: Looks): boolean {
  return looks.has(to) && (looks.get(from)?.silent.has(to) ?? false);
}

/** How the traffic of a pair leaves on both ends; as it was where a node was not asked. */
function waysOf([one, other]: Pair, ends: LinkEnds, looks: Looks): [from: string, to: string, way: string][] {
  return [[one, other] as const, [other, one] as const].flatMap(([from, to]) => {
    const look = looks.get(from);
    const way = look === undefined ? ends[from]?.interface : look.ways.get(to)?.interface;
    return way === undefined ? [] : [[from, to, way]];
  });
}

/** A node whose routes are all gone is there all the same: it is the routes that are missed. */
function noRoutes(ends: LinkEnds): Routes {
  return Object.fromEntries(Object.keys(routesOf(ends)).map((name) => [name, {}]));
}
