/** What a measurement says beside the one before. `below 5 Gb/s` is what the cluster file refuses. */
export type Verdict = "as before" | "faster" | "slower" | "new" | "failed" | `below ${number} Gb/s`;

/** A second of traffic is measured to about a tenth; less than this share of what it was has a cause. */
const slowerShare = 0.7;

/** @param gbps throughput now; undefined where it could not be measured */
export function verdictOf(
  gbps: number | undefined,
  before: number | undefined,
  minGbps: number | undefined,
): Verdict {
  if (gbps === undefined) return "failed";
  if (minGbps !== undefined && gbps < minGbps) return `below ${minGbps} Gb/s`;
  if (before === undefined) return "new";
  if (gbps < before * slowerShare) return "slower";
  return before < gbps * slowerShare ? "faster" : "as before";
}

/** Whether a person should look at the link. */
export function isWorse(verdict: Verdict): boolean {
  return !["as before", "faster", "new"].includes(verdict);
}
