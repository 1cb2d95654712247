import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Of a value that may have several forms, what keeps it from the form that it comes nearest to. Empty where it is of none, comes
 * equally near to several, or where the rule says itself what was found: then the rule as a whole is told.
 */
export function unionIssues({ errors, message }: z.core.$ZodIssueInvalidUnion, value: unknown): Issue[] {
  if (message.includes(", got ") || typeof value !== "object") return [];
  const forms = errors
    .filter((issues) => issues.every(isWithin))
    .sort((one, other) => weight(one) - weight(other));
  const [nearest = [], second] = forms;
  if (second === undefined || weight(nearest) < weight(second)) return nearest;
  return unknownToAll(forms);
}

/** The form itself fits; something in it does not. */
function isWithin({ path, code }: Issue): boolean {
  return path.length > 0 || code === "unrecognized_keys" || code === "custom" || code === "invalid_key";
}

/** The keys of the form itself tell more of which one is meant than what stands under them. */
function weight(issues: Issue[]): number {
  return issues.reduce((sum, { path, ...one }) => {
    const [count, depth] =
      one.code === "unrecognized_keys" ? [one.keys.length, path.length + 1] : [1, path.length];
    return sum + count * (depth > 1 ? 1 : 2);
  }, 0);
}

function unknownToAll(forms: Issue[][]): Issue[] {
  const unknown = forms.map((issues) => issues.filter((one) => one.code === "unrecognized_keys"));
  const [first = [], ...others] = unknown;
  return first.flatMap((issue) => {
    const isShared = (key: string) =>
      others.every((all) =>
        all.some((one) => one.path.length === issue.path.length && one.keys.includes(key)),
      );
    const keys = issue.keys.filter(isShared);
    return keys.length === 0 ? [] : [{ ...issue, keys }];
  });
}
