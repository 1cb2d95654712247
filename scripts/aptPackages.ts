import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { execa } from "execa";

/** Whether we may install distribution packages on this computer. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Those of the packages that this Debian or Ubuntu has not installed; all of them elsewhere. */
export async function missingPackages(packages: string[]): Promise<string[]> {
  if (!existsSync("/usr/bin/dpkg-query")) return packages;
  const listed = await execa("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n"], {
    reject: false,
  });
  const lines = new Set(listed.stdout.split("\n"));
  return packages.filter((name) => !lines.has(`${name} installed`));
}

/** Installs packages without what they recommend. */
export async function installPackages(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!(await hasPackageLists())) await execa("apt-get", ["update", "-q"], { env });
  await execa("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], { env });
}

async function hasPackageLists(): Promise<boolean> {
  const lists = await readdir("/var/lib/apt/lists").catch(() => []);
  return lists.some((name) => name.endsWith("_Packages") || name.endsWith("_Packages.lz4"));
}
