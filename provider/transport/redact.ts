import { plainText } from "./plainText.ts";

const secrets = new Set<string>();
const shortest = 4;

/**
 * Every text that leaves the provider passes through `redact`; what is registered here never does. Of a text of several lines each
 * line is a secret too, where it is longer than three characters.
 */
export function registerSecret(secret: string): void {
  const whole = plainText(secret);
  if (whole.length > 0) secrets.add(whole);
  for (const line of whole.split("\n").map((one) => one.trim()))
    if (line.length >= shortest) secrets.add(line);
}

/**
 * `text` with every registered secret replaced by `[secret]`, longest first so that no part of one stays, and without what a
 * terminal would obey.
 */
export function redact(text: string): string {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), plainText(text));
}
