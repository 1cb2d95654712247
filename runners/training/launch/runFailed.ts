import { relative } from "node:path";
import type { RunRecord } from "./runRecord.ts";

/** A run that did not finish: which, why, and where its record is. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  readonly record: RunRecord;
  readonly folder: string;

  constructor(record: RunRecord, folder: string, root: string) {
    const { run, exit } = record.metadata;
    super(`run ${run}: ${exit.reason}; its record is ${relative(root, folder)}`);
    this.record = record;
    this.folder = folder;
  }
}
