import { ConfigError } from "./configError.ts";

/** Why a file, folder or line that the cluster file names cannot be taken: `expected …, got …; remedy`, on one line. */
export function failureText(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.map(({ text }) => text).join("; ");
  const said = (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, ", ");
  const [, expected] = /^(?:.*?: )?(expected .*; .*)$/.exec(said) ?? [];
  return expected ?? `expected what can be read, got ${said}; make it readable or correct the path`;
}
