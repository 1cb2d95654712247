import { run } from "../../../provider/shell/command.ts";

const mostBytes = 2 ** 20;

/**
 * sh that prints the beginning of a file that a run may have put in place of its own: a link is not followed, a pipe not waited for,
 * and what has no end is cut. Prints nothing where it cannot be read.
 *
 * @param folder the run's own, which the run cannot replace
 * @param path from there; each folder of it must be one, and no link
 */
export function boundedRead(folder: string, path: string): string {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  const enter = parts.map(
    (part) => `here=$(pwd -P) && cd ${run(part)} && [ "$(pwd -P)" = "$here"/${run(part)} ]`,
  );
  const read = `timeout 5 dd ${run(`if=${name}`)} iflag=nofollow,nonblock bs=65536 count=${mostBytes / 65536}`;
  return `{ ( ${[run("cd", folder), ...enter, read].join(" && ")} ) 2> /dev/null || true; }`;
}
