import type { Properties } from "../resource.ts";

/** Thrown by `create` and `update` where part of the work is done: that part is kept, the next `up` goes on from it. */
export class PartlyDone extends Error {
  override readonly name = "PartlyDone";
  readonly id: string;
  readonly state: Properties;
  /** What is missing, each with its reason. */
  readonly reasons: string[];

  constructor({ id, state, reasons }: { id: string; state: Properties; reasons: string[] }, cause?: unknown) {
    super(reasons.join("\n"), { cause });
    this.id = id;
    this.state = state;
    this.reasons = reasons;
  }
}
