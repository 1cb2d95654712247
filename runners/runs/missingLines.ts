import { stayingLines } from "./leftOut.ts";
import type { RunMetadata } from "./runMetadata.ts";

/** What of a run did not come home, in a line each. */
export function missingLines({
  leftOut,
  logCutBytes,
}: Pick<RunMetadata, "leftOut" | "logCutBytes">): string[] {
  return [...stayingLines(leftOut), ...(logCutBytes === undefined ? [] : [cutLine(logCutBytes)])];
}

function cutLine(bytes: number): string {
  const much = `${Math.ceil(bytes / 1e6)} MB`;
  return `execution.log is cut: the first ${much} of what it printed are gone, its node keeps the last 20 to 40 MB; write what you need whole to a file in the output`;
}
