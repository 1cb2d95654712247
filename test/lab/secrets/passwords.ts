import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SecretReference } from "../../../config/secret.ts";
import type { TestLab } from "../../support/testLab.ts";

/** A password that every way of quoting and encoding changes, and that is found nowhere by chance. */
export function newPassword(): string {
  return `it's a "pass/word" + 100% ${randomBytes(9).toString("base64")} ü`;
}

/** Writes a password into the lab's folder, which goes with the lab, and names it as the cluster file does. */
export async function passwordFile(lab: TestLab, name: string, password: string): Promise<SecretReference> {
  await writeFile(join(lab.folder, name), `${password}\n`, { mode: 0o600 });
  return { file: `../${lab.stack}/${name}` };
}

/** Gives the user of a node another password than the lab's. */
export async function setPassword(lab: TestLab, node: string, password: string): Promise<void> {
  await lab.on(node, `chpasswd <<'END'\nrack:${password}\nEND`);
}
