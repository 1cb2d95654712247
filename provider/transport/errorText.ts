import { z } from "zod";
import { redact } from "./redact.ts";

/** What an error says to a person, secrets redacted: of a rule that was broken where and how, of anything else its message. */
export function errorText(error: unknown): string {
  if (error instanceof z.ZodError) return redact(error.issues.map(issueText).join("; "));
  return redact(error instanceof Error ? error.message : String(error));
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}
