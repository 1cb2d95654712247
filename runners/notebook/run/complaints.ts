import type { LeftOut } from "../../runs/leftOut.ts";

const letters: Record<string, string> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What tar says of files that it could not pack, a line each, its names escaped. */
export function complaints(stderr: string): LeftOut[] {
  const lines = stderr.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [, path, why = ""] = /^tar: output\/((?:\\.|[^\\:])+): (?:Warning: )?(.+)$/.exec(line) ?? [];
    return path === undefined ? { path: "", why: line } : { path: unescaped(path), why };
  });
}

/** A name of any bytes, which GNU's programs have escaped so that it takes one line. */
function unescaped(text: string): string {
  const parts = text.match(/\\[0-7]{3}|\\.|[^\\]+/g) ?? [];
  const bytes = parts.map((part) => {
    if (!part.startsWith("\\")) return Buffer.from(part);
    const octal = /^\\[0-7]{3}$/.test(part);
    return octal
      ? Buffer.of(Number.parseInt(part.slice(1), 8))
      : Buffer.from(letters[part.slice(1)] ?? part.slice(1));
  });
  return Buffer.concat(bytes).toString();
}
