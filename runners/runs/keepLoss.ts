import { ended } from "./ended.ts";
import { keepMetadata } from "./runFolder.ts";
import type { RunMetadata } from "./runMetadata.ts";

/** Keeps what is known of a run that nobody can tell anything more of; gives its last metadata. */
export async function keepLoss<Metadata extends RunMetadata>(
  folder: string,
  metadata: Metadata,
  reason: string,
): Promise<Metadata> {
  const lost = { ...metadata, ...ended(metadata, { status: "failed", exit: { code: null, reason } }) };
  await keepMetadata(folder, lost);
  return lost;
}
