import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { execa } from "execa";

/** The oldest CLI whose engine has what the provider uses. */
export const oldestVersion = "3.200.0";

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The file called `name` in the first folder of `path` that has one; npm's shims, which npm scripts put first, do not count. */
export function findOnPath(name: string, path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const files = folders.map((folder) => join(folder, name)).filter(isExecutable);
  return files.find(
    (file) => ![file, realpathSync(file)].some((at) => at.split(sep).includes("node_modules")),
  );
}

/** Whether the version `found` ("v3.205.1") is at least `wanted`. */
export function isAtLeast(found: string, wanted: string): boolean {
  const numbers = (version: string) => version.replace(/^v/, "").split(/[.+-]/).slice(0, 3).map(Number);
  const [have, need] = [numbers(found), numbers(wanted)];
  const at = need.findIndex((part, index) => part !== have[index]);
  return at === -1 || (have[at] ?? 0) > (need[at] ?? 0);
}

/**
 * A Pulumi that the user installed.
 * @returns its path when it is new enough and has its Node language host, else why not
 */
export async function pulumiOnPath(
  path = process.env.PATH ?? "",
): Promise<{ cli: string } | { reason: string }> {
  const found = findOnPath("pulumi", path);
  if (!found) return { reason: "no pulumi on PATH" };
  const { stdout, failed } = await execa(found, ["version"], { reject: false, timeout: 60_000 });
  if (failed || !isAtLeast(stdout.trim(), oldestVersion)) {
    return { reason: `${found} is ${stdout.trim() || "not working"}, wanted ${oldestVersion} or newer` };
  }
  const host = "pulumi-language-nodejs";
  if (!isExecutable(join(dirname(realpathSync(found)), host)) && !findOnPath(host, path)) {
    return { reason: `${found} has no ${host} beside it` };
  }
  return { cli: found };
}
