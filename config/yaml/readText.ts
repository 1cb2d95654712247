import { readFileSync } from "node:fs";
import { ConfigError } from "../configError.ts";
import { placeOf } from "./placeOf.ts";

/** What the system calls a failure, and what we do. */
const failures: Record<string, string> = {
  ENOENT: "expected a file, got none; make it or correct the path",
  ENOTDIR: "expected a file, got a path that leads through a file; correct the path",
  EISDIR: "expected a file, got a folder; name a file in it",
  EACCES: "expected a file that may be read, got no permission; give it with chmod u+r",
};

/**
 * The text of a file in UTF-8.
 * @throws ConfigError where there is none
 */
export function readText(file: string): string {
  const bytes = readBytes(file);
  const text = bytes.toString("utf8");
  if (Buffer.from(text).equals(bytes)) return text;
  throw new ConfigError(file, [
    {
      ...placeOf(text.indexOf("\uFFFD"), text),
      path: "(file)",
      text: "expected a text in UTF-8, got bytes that are none; save it as UTF-8",
    },
  ]);
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const text =
      failures[code] ?? `expected a file that can be read, got ${code}; make it readable or correct the path`;
    throw new ConfigError(file, [{ line: 1, column: 1, path: "(file)", text }]);
  }
}
