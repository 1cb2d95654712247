import type { Json } from "../provider/settings/setting.ts";
import type { SecretReference } from "./secret.ts";

/** A text with secrets in it, which are known only when the program runs. */
export class SecretText {
  readonly references: readonly SecretReference[];
  /** The text, given the secrets in the order of `references`. */
  readonly render: (secrets: readonly string[]) => string;

  constructor(references: readonly SecretReference[], render: (secrets: readonly string[]) => string) {
    this.references = references;
    this.render = render;
  }
}

/** A value for a setting, with secrets in some of its texts. */
export type Wanted = Json | SecretText | { [key: string]: Wanted };

/**
 * A text that holds secrets.
 * @example secretText`requirepass ${password}\n`
 */
export function secretText(texts: TemplateStringsArray, ...references: SecretReference[]): SecretText {
  return new SecretText(references, (secrets) =>
    texts.map((text, index) => text + (secrets[index] ?? "")).join(""),
  );
}

/** A value with `resolve`'s answer in place of every text that holds secrets. */
export function withSecrets<Resolved>(
  value: { [key: string]: Wanted },
  resolve: (text: SecretText, path: string[]) => Resolved,
): { [key: string]: WithSecrets<Resolved> } {
  return replaced(value, [], resolve);
}

/** What `withSecrets` makes. */
export type WithSecrets<Resolved> = Json | Resolved | { [key: string]: WithSecrets<Resolved> };

function replaced<Resolved>(
  values: { [key: string]: Wanted },
  path: string[],
  resolve: (text: SecretText, path: string[]) => Resolved,
): { [key: string]: WithSecrets<Resolved> } {
  const entries = Object.entries(values).map(([key, value]): [string, WithSecrets<Resolved>] => {
    if (value instanceof SecretText) return [key, resolve(value, [...path, key])];
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [key, value];
    return [key, replaced(value, [...path, key], resolve)];
  });
  return Object.fromEntries(entries);
}
