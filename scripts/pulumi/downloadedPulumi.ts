import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { z } from "zod";

const packageFile = createRequire(import.meta.url).resolve("pulumi/package.json");

/** The user's Pulumi home. */
export const userPulumiHome = (env: NodeJS.ProcessEnv = process.env): string =>
  env.PULUMI_HOME || join(homedir(), ".pulumi");

/**
 * The official CLI by the npm package's own download, into the user's Pulumi home.
 * @param isOurHome whether PULUMI_HOME is the one of the offline build, where no download belongs
 * @returns its path, or why there is none
 */
export async function downloadedPulumi(
  say: (text: string) => void,
  isOurHome: boolean,
): Promise<{ cli: string } | { reason: string }> {
  if (isOurHome) return { reason: "PULUMI_HOME is this project's own" };
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, "utf8")));
  const cli = join(userPulumiHome(), "versions", version, "bin", "pulumi");
  if (existsSync(cli)) return { cli };
  const refusal = await whyNotReachable();
  if (refusal) return { reason: refusal };
  say(`downloads Pulumi ${version} to ${userPulumiHome()}`);
  const shim = join(dirname(packageFile), "run.js");
  const result = await execa(process.execPath, [shim, "version"], { reject: false, timeout: 10 * 60_000 });
  return existsSync(cli) && !result.failed ? { cli } : { reason: `download failed: ${result.shortMessage}` };
}

/** Asked first, because the package's own download has no time limit. */
async function whyNotReachable(): Promise<string | undefined> {
  const url = "https://get.pulumi.com/install.sh";
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), method: "HEAD" });
    return response.ok ? undefined : `${url} answers ${response.status}`;
  } catch (error) {
    return `${url} cannot be reached (${error instanceof Error ? error.message : String(error)})`;
  }
}
