import { relative } from "node:path";
import type { RunMetadata } from "./runMetadata.ts";

/** A run that did not finish: which, why, and where its record is. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  readonly metadata: RunMetadata;
  /** Absolute path of `results/RUN`. */
  readonly folder: string;

  /** @param root the project's folder */
  constructor(metadata: RunMetadata, folder: string, root: string) {
    const reason = metadata.exit?.reason ?? metadata.status;
    super(`run ${metadata.run}: ${reason}; its record is ${relative(root, folder)}`);
    this.metadata = metadata;
    this.folder = folder;
  }

  /** What a command ends with: 130 where it was told to stop, as shells say it. */
  get exitCode(): number {
    return this.metadata.status === "stopped" ? 130 : 1;
  }
}
