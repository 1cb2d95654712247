import { resolve } from "node:path";
import { clusterParts } from "./clusterParts.ts";
import type { Problem } from "./configError.ts";
import { failureText } from "./failureText.ts";
import { partsAt, type SchemaPart } from "./problems/schemaParts.ts";
import { firstLine, type SecretReference, secretSchema } from "./secret.ts";
import { readText } from "./yaml/readText.ts";

/** What is known of a stack's secrets. */
export interface StackSecrets {
  /** Whether the stack's configuration has a secret of this name. */
  hasConfig(name: string): boolean;
}

/**
 * Secrets that a cluster file names and that are nowhere.
 * @param value of a file that is right otherwise
 * @param folder where its paths start
 */
export function secretProblems(
  value: unknown,
  folder: string,
  secrets: StackSecrets,
  path: PropertyKey[] = [],
): Problem[] {
  if (value === null || typeof value !== "object") return [];
  const { data: reference } = secretSchema.safeParse(value);
  if (reference !== undefined) {
    const missing = missingSecret(reference, path, folder, secrets);
    return missing.length > 0 && isSecret(partsAt(clusterParts(), path)) ? missing : [];
  }
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    secretProblems(inner, folder, secrets, [...path, isList ? Number(key) : key]),
  );
}

/** `{ file }` or `{ config }`: a certificate is `{ file }` as well. */
function isSecret(parts: SchemaPart[]): boolean {
  return parts.map(({ properties = {} }) => Object.keys(properties).join()).join(" ") === "file config";
}

function missingSecret(
  reference: SecretReference,
  path: PropertyKey[],
  folder: string,
  { hasConfig }: StackSecrets,
): Problem[] {
  if ("config" in reference) {
    const { config } = reference;
    const text = `expected the secret ${config} in the stack's configuration, got none; run npx pulumi config set --secret minirack:${config}`;
    return hasConfig(config) ? [] : [{ path: [...path, "config"], text }];
  }
  const wrong = (text: string) => [{ path: [...path, "file"], text }];
  try {
    const line = firstLine(readText(resolve(folder, reference.file)));
    const text = "expected a secret in the file's first line, got an empty one; write it there";
    return line === "" ? wrong(text) : [];
  } catch (error) {
    return wrong(failureText(error));
  }
}
