import { randomBytes } from "node:crypto";
import type { Command } from "./command.ts";
import { heldScript } from "./heldScript.ts";
import { prelude } from "./prelude.ts";

/** A change on a node: what to type in order, and what to read when it is done. */
export interface Change {
  /** Path of the setting's record without its ending. */
  record: string;
  /** Ends the script unless it may begin; leaves no trace. */
  turn?: Command | undefined;
  steps: Command[];
  /** POSIX sh whose stdout tells the state after the change. */
  readBack: string;
  /** What follows once the read has succeeded. */
  finish: Command[];
}

/** The script of a change, and how its answer is read. */
export interface ApplyScript {
  text: string;
  /** stdout of `readBack`; undefined unless the script came to its end. */
  readBackOf(stdout: string): string | undefined;
  /** The step that was begun last: the one that failed, where one failed. */
  lastStepOf(stdout: string): Command | undefined;
}

/**
 * Each step is announced on stdout before it runs. When the connection is gone, that line ends the script between two
 * steps; a step that takes longer is ended by the lifeline, which wants stdin held open while the script runs.
 */
export function applyScript(change: Change, nonce = randomBytes(8).toString("hex")): ApplyScript {
  const mark = `@@minirack-${nonce}`;
  const commands = [...change.steps, ...change.finish];
  const say = (index: number, command: Command) =>
    `printf '${mark} step ${index}\\n'\n{ ${command}\n} >&2 9<&-`;
  const steps = change.steps.map((command, index) => say(index, command));
  const finish = change.finish.map((command, index) => say(change.steps.length + index, command));
  // sh takes no empty pair of brackets, and a setting without entries reads nothing
  const read = `printf '${mark} read\\n'\n(\n:\n${change.readBack}\n)\nprintf '\\n${mark} read-end\\n'`;
  const body = [
    `record=${change.record}`,
    "hold_lifeline",
    ...(change.turn === undefined ? [] : [change.turn]),
    'mkdir -p -m 0700 "$records"',
    "note_first_sudo",
    ...steps,
    "note_first_sudo",
    read,
    ...finish,
    ...(commands.length > 0 ? ["settle"] : []), // a change, not a question
  ];
  return {
    text: heldScript(prelude, [...body, `printf '${mark} end\\n'`].join("\n")),
    readBackOf: (stdout) => (stdout.trimEnd().endsWith(`${mark} end`) ? between(stdout, mark) : undefined),
    lastStepOf: (stdout) => {
      const last = stdout.split("\n").findLast((line) => line.startsWith(`${mark} step `));
      return last === undefined ? undefined : commands[Number(last.split(" ")[2])];
    },
  };
}

function between(stdout: string, mark: string): string {
  const start = `${mark} read\n`;
  const from = stdout.indexOf(start) + start.length;
  return stdout.slice(from, stdout.indexOf(`\n${mark} read-end`, from));
}
