import type { RunMetadata } from "./runMetadata.ts";

/** How a run ended. */
export interface RunEnd {
  status: Exclude<RunMetadata["status"], "running">;
  exit: NonNullable<RunMetadata["exit"]>;
}

/** What the metadata of a run says from its end on, to be put over what it said before. */
export interface Ended extends RunEnd {
  finishedAt: string;
  seconds: number;
  remote: undefined;
  launcher: undefined;
}

/**
 * The metadata's words for an end.
 * @param finishedAt when it ended; now if left out
 * @example keepMetadata(folder, { ...metadata, ...ended(metadata, { status: "finished", exit }) })
 */
export function ended(
  { startedAt }: Pick<RunMetadata, "startedAt">,
  { status, exit }: RunEnd,
  finishedAt = new Date(),
): Ended {
  const endMs = Math.max(finishedAt.getTime(), Date.parse(startedAt)); // a node's clock may be behind ours
  const times = {
    finishedAt: new Date(endMs).toISOString(),
    seconds: (endMs - Date.parse(startedAt)) / 1000,
  };
  return { status, exit, ...times, remote: undefined, launcher: undefined };
}
