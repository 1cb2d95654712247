import { Transform, type TransformCallback } from "node:stream";
import { run } from "../shell/command.ts";

/** Where what a command says begins. */
export const openingMark = "\n@@minirack-begins\n";
const shownBytes = 400;
const nothing: Buffer = Buffer.alloc(0);

/**
 * The command line that runs `command` after a mark on both streams: what a login shell prints for each session (its `.bashrc`
 * greets) stands before the mark. Any login shell understands it.
 */
export function announced(command: string): string {
  const say = `echo; echo ${openingMark.trim()}`;
  return `${run("sh", "-c", `${say}; { ${say}; } >&2; exec "$@"`, "sh")} ${command}`;
}

/** A stream's text without what the login shell printed before the mark. */
export function withoutGreeting(text: string): string {
  const at = text.indexOf(openingMark);
  return at < 0 ? text : text.slice(at + openingMark.length);
}

/** Lets through what follows the mark; of what the login shell printed before it keeps the first words. */
export class AfterGreeting extends Transform {
  /** Whether the mark has come: whether the login shell ran the command at all. */
  hasBegun = false;
  private shown: Buffer = nothing;
  private tail: Buffer = nothing;

  /** The first words of what came before the mark. */
  get greeting(): string {
    return this.shown.toString("utf8").trim();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const answer = this.hasBegun ? chunk : this.answerIn(Buffer.concat([this.tail, chunk]));
    done(null, answer.length > 0 ? answer : undefined);
  }

  /** What follows the mark, where it has come. */
  private answerIn(bytes: Buffer): Buffer {
    const at = bytes.indexOf(openingMark);
    this.hasBegun = at >= 0;
    const greeted = this.hasBegun ? at : Math.max(0, bytes.length - openingMark.length);
    this.note(bytes.subarray(0, greeted));
    this.tail = this.hasBegun ? nothing : bytes.subarray(greeted);
    return this.hasBegun ? bytes.subarray(at + openingMark.length) : nothing;
  }

  override _flush(done: TransformCallback): void {
    this.note(this.tail);
    done();
  }

  private note(words: Buffer): void {
    this.shown = Buffer.concat([this.shown, words.subarray(0, shownBytes - this.shown.length)]);
  }
}
