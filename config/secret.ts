import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { kindText } from "./problems/foundText.ts";

/** Where a secret is: a file (its first line), or the stack's configuration as Pulumi ciphertext. */
export const secretSchema = z.union(
  [
    z.strictObject({ file: z.string().min(1).describe("path of a file that holds it") }),
    z.strictObject({
      config: z.string().min(1).describe("name under `pulumi config set --secret minirack:NAME`"),
    }),
  ],
  {
    error: ({ input }) =>
      `expected { file: path } or { config: name }: a secret is never written into the cluster file, got ${kindText(input).replace("a mapping", "another mapping")}; write it into a file and name that`,
  },
);
export type SecretReference = z.infer<typeof secretSchema>;

/** The secret itself. `readConfig` answers for `{ config: … }`. */
export function resolveSecret<Value>(
  reference: SecretReference,
  folder: string,
  readConfig: (name: string) => Value,
): Value | string {
  if ("config" in reference) return readConfig(reference.config);
  const path = resolve(folder, reference.file);
  try {
    return firstLine(readFileSync(path, "utf8"));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new Error(
      `secret file ${path}: expected a file to read, got ${found}; make it or correct the path`,
    );
  }
}

/** The first line of a text, without the marks that some editors put at a file's beginning and at the end of each line. */
export function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/)[0] ?? "";
}
