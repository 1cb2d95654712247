import * as pulumi from "@pulumi/pulumi";
import type { LinkEnd } from "../config/linkEnd.ts";
import { type Figures, type MeasuredPair, measuredPairs } from "../provider/links/figures.ts";
import type { ConnectionArgs } from "./nodeSetting.ts";
import { Survivor } from "./survivor.ts";

/** One end of the links, with what it takes to measure from there. */
export interface MeasuredEnd extends LinkEnd {
  /** Whether the cluster file says that the node is on Wi-Fi. */
  mayBeWireless: boolean;
  connection: ConnectionArgs;
  /** What must be made on the node. Where it is not, the node is left out, and measured at a later `up`. */
  needed: Survivor[];
  /** What is waited for, made or not: work on a node takes from what its links carry. */
  settled: Survivor[];
}

/** What `MeasuredLinks` is given. */
export interface MeasuredLinksArgs {
  ends: MeasuredEnd[];
  /** Least throughput in Gb/s. */
  minGbps?: number | undefined;
  /** Another value measures all links again. */
  trigger?: string | undefined;
}

/**
 * The links of the cluster, measured pair by pair once everything else is done on the nodes. It depends on what was made
 * there and never on what failed: the engine would skip it for one node that is down.
 */
export class MeasuredLinks extends Survivor {
  /** Undefined where a targeted `up` has left them out. */
  declare readonly measured: pulumi.Output<Figures | undefined>;

  constructor(
    name: string,
    { ends, minGbps, trigger }: MeasuredLinksArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    const inputs = {
      ends: Object.fromEntries(ends.map((end) => [end.node, inputOf(end)])),
      minGbps,
      trigger,
    };
    super("minirack:cluster:Links", `${name}-measured`, { ...inputs, measured: undefined }, options);
  }

  /** What was measured, as a list. */
  get pairs(): pulumi.Output<MeasuredPair[]> {
    return this.measured.apply((figures) => measuredPairs(figures ?? {}));
  }
}

function inputOf({ interface: own, address, mayBeWireless, connection, needed, settled }: MeasuredEnd) {
  const all = (some: Survivor[]) => pulumi.all(some.map(({ isMade }) => isMade));
  const isReady = pulumi.all([all(needed), all(settled)]).apply(([made]) => made.every((one) => one));
  const hostKey = isReady.apply((is) => (is ? pulumi.output(connection.hostKey) : undefined));
  return { interface: own, address, mayBeWireless, connection: { ...connection, hostKey } };
}
