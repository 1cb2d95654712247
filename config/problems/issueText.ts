import type { z } from "zod";
import { nearestNames } from "../nearestNames.ts";
import { foundText, kindText, listed } from "./foundText.ts";
import { outOfRange } from "./outOfRange.ts";
import { partsAt, type SchemaPart } from "./schemaParts.ts";
import { fitting, missing, wrongType } from "./wrongType.ts";

/** What an issue is told by. */
export interface Subject {
  /** What a person wrote there. */
  value: unknown;
  /** Whether anything is written there. */
  isThere: boolean;
  path: readonly PropertyKey[];
  /** Whether it is the path's last key that is looked at. */
  isKey: boolean;
  schema: SchemaPart;
}

/** `expected …, got …; remedy` for an issue of a single value. */
export function issueText(issue: z.core.$ZodIssue, subject: Subject): string {
  if (!subject.isThere && issue.code !== "custom") return missing(subject);
  if (typeof subject.value === "bigint" && issue.code !== "custom") return tooLong(subject.value);
  if (isOurs(issue.message)) return ruleText(issue.message, subject);
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, subject.value);
    case "invalid_value":
      return wrongChoice(issue.values.map(String), subject.value);
    case "too_small":
      return outOfRange("at least", issue.minimum, issue, subject);
    case "too_big":
      return outOfRange("at most", issue.maximum, issue, subject);
    default:
      return ruleText(`expected ${fitting(partsAt(subject.schema, subject.path))}; write it so`, subject);
  }
}

/** A rule's own message: `expected …; remedy`, or whole with what was found, where that must not be shown as it stands. */
function ruleText(message: string, { value, schema, path, isKey }: Subject): string {
  if (message.includes(", got ")) return message;
  const [expected = "", ...remedy] = message.split("; ");
  const parts = partsAt(schema, path);
  const takesScalar =
    isKey || parts.length === 0 || parts.some(({ type }) => type !== "object" && type !== "array");
  const found = takesScalar ? foundText(value) : kindText(value);
  const [, example] = /, as (\S+)$/.exec(expected) ?? [];
  const remedyText = remedy.join("; ") || (example === undefined ? "correct it" : `write it like ${example}`);
  return `${expected}, got ${found}; ${remedyText}`;
}

function isOurs(message: string): boolean {
  return message.startsWith("expected ");
}

function wrongChoice(choices: string[], value: unknown): string {
  const [nearest] = nearestNames(String(value), choices, 1);
  const remedy = nearest ?? (choices.length === 1 ? choices[0] : "one of them");
  return `expected ${listed(choices)}, got ${foundText(value)}; write ${remedy}`;
}

/** Nowhere but among the kernel's values is such a number meant. */
function tooLong(value: bigint): string {
  return `expected a number up to ${Number.MAX_SAFE_INTEGER}, got ${value}; write a smaller one`;
}
