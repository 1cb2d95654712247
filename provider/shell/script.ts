import { randomBytes } from "node:crypto";
import { prelude } from "./prelude.ts";

/** A part of a script whose answer is wanted on its own. */
export interface Section {
  /** POSIX sh; runs in a subshell with `set -eu`. */
  text: string;
}

/** What one section answered. */
export interface SectionAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Ends a section's answer: its exit code, and the last it said on stderr. */
const answered = `answered() {
  printf '\\n%s %s %s ' "$1" "$2" "$3"; [ -z "$err" ] || printf %s "$err" | tail -n 8 | base64 -w0
  echo
}`;

/** A whole script, and how its answer is taken apart again. */
export interface SectionedScript {
  text: string;
  /** The answers in order; undefined for the sections that were not reached. */
  parse(stdout: string): (SectionAnswer | undefined)[];
  /** Whether the script came to its end: exit code 0 alone may be a cut connection. */
  isWhole(stdout: string): boolean;
}

/**
 * Several sections as one script. The body is a function that runs when it has arrived whole, with no stdin of its
 * own: a cut connection runs nothing, and a program that reads stdin cannot eat the script.
 */
export function sectionedScript(
  sections: Section[],
  nonce = randomBytes(8).toString("hex"),
): SectionedScript {
  const mark = `@@minirack-${nonce}`;
  const bodies = sections.map(
    ({ text }, index) => `err=$( ( set -eu\n${text}\n) 2>&1 >&3 3>&- ); answered ${mark} ${index} $?`,
  );
  return {
    text: `${prelude}\n${answered}\nmain() {\nset +e\nexec 3>&1\n${bodies.join("\n")}\nlooked\nprintf '${mark} end\\n'\n}\nmain </dev/null\n`,
    parse: (stdout) => parseSections(stdout, mark, sections.length),
    isWhole: (stdout) => stdout.trimEnd().endsWith(`${mark} end`),
  };
}

function parseSections(stdout: string, mark: string, count: number): (SectionAnswer | undefined)[] {
  const answers: (SectionAnswer | undefined)[] = Array.from({ length: count }, () => undefined);
  let from = 0;
  for (let index = 0; index < count; index++) {
    const start = `\n${mark} ${index} `;
    const at = stdout.indexOf(start, from);
    if (at < 0) break;
    const end = stdout.indexOf("\n", at + 1);
    const [code = "", stderr = ""] = stdout.slice(at + start.length, end).split(" ");
    answers[index] = {
      code: Number(code),
      stdout: stdout.slice(from, at),
      stderr: Buffer.from(stderr, "base64").toString("utf8"),
    };
    from = end + 1;
  }
  return answers;
}
