import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { userPulumiHome } from "./downloadedPulumi.ts";
import type { PulumiChoice } from "./pulumiChoice.ts";

const credentials = z.object({ current: z.string().min(1) });

/** Where this clone keeps its state when the user has chosen nothing. */
export const ownBackendUrl = (stateDir: string): string => pathToFileURL(join(stateDir, "backend")).href;

const passphraseFile = (stateDir: string) => join(stateDir, "passphrase");

function isLoggedIn(env: NodeJS.ProcessEnv): boolean {
  try {
    const file = join(userPulumiHome(env), "credentials.json");
    return credentials.safeParse(JSON.parse(readFileSync(file, "utf8"))).success;
  } catch {
    return false; // no file: never logged in
  }
}

/** Whether the state is kept in this clone's own backend, rather than in one that the user chose. */
export function isOwnBackend(stateDir: string, from: PulumiChoice["from"], env = process.env): boolean {
  if (env.PULUMI_BACKEND_URL) return env.PULUMI_BACKEND_URL === ownBackendUrl(stateDir);
  return from === "offline" || !isLoggedIn(env);
}

/** The variables of backend and passphrase that the user has not set. Another backend's passphrase is the user's to give. */
export function backendEnvironment(
  stateDir: string,
  from: PulumiChoice["from"],
  env = process.env,
): Record<string, string> {
  if (!isOwnBackend(stateDir, from, env)) return {};
  const hasPassphrase = env.PULUMI_CONFIG_PASSPHRASE !== undefined || env.PULUMI_CONFIG_PASSPHRASE_FILE;
  return {
    ...(!env.PULUMI_BACKEND_URL && { PULUMI_BACKEND_URL: ownBackendUrl(stateDir) }),
    ...(!hasPassphrase && { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(stateDir) }),
  };
}

/** Makes the backend's folder and a random passphrase, unless they are there. */
export function makeBackend(stateDir: string): void {
  mkdirSync(join(stateDir, "backend"), { recursive: true, mode: 0o700 });
  const file = passphraseFile(stateDir);
  if (existsSync(file)) return;
  writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
}
