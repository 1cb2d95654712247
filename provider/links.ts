import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import { type Figures, figuresOf, figuresSchema, validFigure } from "./links/figures.ts";
import { linkEndsSchema, type Pair, pairsOf, readyEnds } from "./links/linkEnds.ts";
import { measureLinks } from "./links/measureLinks.ts";
import { readLinks } from "./links/readLinks.ts";
import { routesOf, routesSchema } from "./links/routes.ts";
import type { Properties, Resource, ResourceRules } from "./resource.ts";
import { PartlyDone } from "./server/partlyDone.ts";

const rule = z.object({
  ends: linkEndsSchema.describe("node → its end of the links"),
  minGbps: z.number().positive().optional().describe("least throughput of every link, in Gb/s"),
  trigger: z.string().optional().describe("any text: another one makes all links be measured again"),
});

export const linksRules: ResourceRules = {
  description: "the links of a cluster, measured: throughput and round trip of every pair of nodes",
  inputs: rule,
  outputs: z.object({
    routes: routesSchema.describe("node → other node → interface by which its traffic to there leaves"),
    measured: figuresSchema.describe("first node → second node → what was measured between them"),
  }),
};
const id = "links";

/**
 * The links of a cluster, measured: throughput and round trip of every pair of nodes, and the interface that its traffic
 * leaves by. Measured is what has no figure that holds: at first all pairs, then those of a new node, of another address
 * or interface, all for another `trigger`. A refresh looks at routes and answers and measures nothing: noise is no drift.
 * Nothing stays on the nodes, so there is nothing to take back.
 */
export const links: Resource = {
  outputs: ["measured"],
  outputsMayChange: true,
  check(given) {
    const { inputs, failures } = checkInputs(rule, given);
    if (failures.length > 0) return { inputs, failures };
    return { inputs: { ...inputs, routes: routesOf(rule.parse(inputs).ends) }, failures };
  },
  create: async (inputs) => ({ id, state: await measure(inputs, {}) }),
  async read(given, inputs, state) {
    if (inputs === undefined) throw notImported(given);
    return { id, ...(await readLinks({ ...rule.parse(inputs), inputs, state, figures: figuresIn(state) })) };
  },
  update: (_id, { to, state }) => measure(to, figuresIn(state)),
  async delete() {},
};

/** Measures the pairs without a figure that holds; of an end that is not ready the old figures stay. */
async function measure(inputs: Properties, before: Figures): Promise<Properties> {
  const { ends, ...claims } = rule.parse(inputs);
  const ready = readyEnds(ends);
  const holding = (pair: Pair) => validFigure(before, pair, ends, claims);
  const kept = pairsOf(Object.keys(ends)).flatMap((pair) => {
    const figure = holding(pair);
    return figure === undefined ? [] : [[pair, figure] as const];
  });
  const due = pairsOf(ready.keys()).filter((pair) => holding(pair) === undefined);
  const { figures, failures } = await measureLinks(ready, due, claims);
  const state = { ...inputs, measured: merged(figuresOf(kept), figures) };
  if (failures.length === 0) return state;
  throw new PartlyDone({ id, state, reasons: failures.map(({ error }) => error.message).sort() });
}

function figuresIn({ measured }: Properties): Figures {
  return figuresSchema.parse(measured ?? {});
}

function merged(one: Figures, other: Figures): Figures {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, { ...one[name], ...other[name] }]));
}

function notImported(given: string): Error {
  return new Error(
    `expected ${given} to be measured by pulumi up, got an import; leave it out: links have nothing to import`,
  );
}
