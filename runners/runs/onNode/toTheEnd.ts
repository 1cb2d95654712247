import type { RunMetadata } from "../runMetadata.ts";

/** A run that was started on its node, and what is done with it from then on. */
export interface Started<Metadata extends RunMetadata> {
  metadata: Metadata;
  /** Shows its lines to its end. */
  follow(): Promise<void>;
  /** Brings home what it left, and gives its last metadata. */
  finish(): Promise<Metadata>;
  /** Its metadata as its folder has it now. */
  kept(): Promise<Metadata>;
  /** Takes each line for a person. */
  print(line: string): void;
  /** Leaves it to itself when aborted. */
  signal?: AbortSignal | undefined;
  /** Leaves it to itself at once. */
  isDetached: boolean;
}

/**
 * Follows a run that was started, and brings it home; or leaves it to itself where we are told to: then its status is `running`.
 *
 * @throws Error when its node cannot be reached; the text says how to come back
 */
export async function toTheEnd<Metadata extends RunMetadata>(started: Started<Metadata>): Promise<Metadata> {
  const { metadata, signal } = started;
  if (started.isDetached) return leave(started);
  try {
    await started.follow();
    return await started.finish();
  } catch (error) {
    if (signal?.aborted) return leave(started);
    const kept = await started.kept();
    if (kept.status === "running") throw outOfReach(metadata, error);
    return kept; // somebody else has brought it home meanwhile: scripts/runs stop, from another window
  }
}

function leave<Metadata extends RunMetadata>({ metadata, print }: Started<Metadata>): Metadata {
  const { run, nodes } = metadata;
  print(`run ${run} goes on on ${nodes.map(({ name }) => name).join(", ")}`);
  print(`  scripts/runs logs ${run} -f    its lines`);
  print(`  scripts/runs fetch ${run}      its results, when it has ended`);
  print(`  scripts/runs stop ${run}       to end it`);
  return metadata;
}

/** Nothing is lost with a node that we cannot reach, or an archive that was damaged: the error says how to come back. */
function outOfReach({ run, nodes }: RunMetadata, error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  const way = `run ${run} goes on on ${nodes[0]?.name}, and what it leaves is kept there: scripts/runs fetch ${run}`;
  return new Error(`${text}\n${way}`, { cause: error });
}
