import { isDeepStrictEqual } from "node:util";
import type { Run } from "./listRuns.ts";
import type { RunMetadata } from "./runMetadata.ts";
import { utcMinute } from "./utcMinute.ts";

/** A name that another run has: which, and in what it was other work. */
export class TakenName extends Error {
  override readonly name = "TakenName";

  constructor(wanted: RunMetadata, taken: Run | undefined) {
    const found = `results/${wanted.run} ${taken ? told(wanted, taken.metadata) : "which is no run"}`;
    const other = "choose another name or add --timestamp";
    const remedy =
      taken?.metadata.status === "running"
        ? `scripts/runs logs ${wanted.run} -f follows it; or ${other}`
        : other;
    super(`run ${wanted.run}: expected a name that is free, got ${found}; ${remedy}`);
  }
}

function told(wanted: RunMetadata, taken: RunMetadata): string {
  return `of ${utcMinute(taken.startedAt)} (${taken.status}; ${difference(wanted, taken)})`;
}

/** In what the same name was other work. */
function difference(wanted: RunMetadata, taken: RunMetadata): string {
  if (wanted.key === taken.key) return "the same work";
  const parts = ["runner", "code", "environment", "data", "parameters", "nodes"] as const;
  const others = parts.filter((part) => !isDeepStrictEqual(wanted[part], taken[part]));
  return `other ${others.join(", ") || "work"}`;
}
