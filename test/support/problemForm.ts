import type { ConfigError } from "../../config/configError.ts";

/** `expected …, got …; remedy`, on one line. */
const fourParts = /^expected \S.*, got \S.*; \S.*$/;

/** What is not as the form of errors has it: empty where every problem has all its parts and a place in the text. */
export function formFaults({ message, problems }: ConfigError, text: string): string[] {
  const lines = text.split("\n");
  const faults = problems.flatMap(({ line, column, path, text }) => {
    const isInText =
      line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? "").length + 1;
    const isWhole = fourParts.test(text) && !text.includes("undefined") && path !== "";
    return isInText && isWhole ? [] : [`${line}:${column} ${path}: ${text}`];
  });
  const isLineEach = message.split("\n").length === problems.length && problems.length > 0;
  return isLineEach ? faults : [...faults, `expected a line for each problem, got ${message}`];
}
