import type { z } from "zod";
import type { Problem } from "../configError.ts";
import { issueText } from "./issueText.ts";
import type { SchemaPart } from "./schemaParts.ts";
import { unionIssues } from "./unionIssues.ts";
import { unknownKey } from "./unknownKey.ts";

type Issue = z.core.$ZodIssue;

/** What is wrong with a value, as a person is told it. */
export function issueProblems(issues: readonly Issue[], value: unknown, schema: SchemaPart): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, value, schema));
}

function problemsOf(issue: Issue, value: unknown, schema: SchemaPart): Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: unknownKey(schema, path, key, Object.keys(Object(valueAt(value, path).value))),
      isKey: true,
    }));
  const within = issue.code === "invalid_union" ? unionIssues(issue, valueAt(value, path).value) : [];
  if (within.length > 0)
    return within.flatMap((one) => problemsOf({ ...one, path: [...path, ...one.path] }, value, schema));
  const isKey = issue.code === "invalid_key";
  const { isThere, value: found } = valueAt(value, path);
  const told = isKey ? { value: path.at(-1), isThere: true } : { value: found, isThere };
  const [inner = issue] = isKey ? issue.issues : [];
  return [{ path, text: issueText(inner, { ...told, path, schema, isKey }), isKey }];
}

/** What stands at a path; not there where no key or place leads to it, or nothing is written. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): { value: unknown; isThere: boolean } {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return { value: undefined, isThere: false };
    found = Object.getOwnPropertyDescriptor(found, step)?.value;
  }
  return { value: found, isThere: found !== undefined && found !== null };
}
