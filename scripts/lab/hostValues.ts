import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { userCache } from "../userCache.ts";

/** A path below /proc/sys and its value. */
export type HostValues = Record<string, string>;

/** Commands to the kernel rather than values. */
const notValues = new Set(["compact_memory", "drop_caches", "stat_refresh"]);

/** Not in the clone: the values are the Docker host's, shared by every lab of every clone. */
export function hostValuesFile(): string {
  return userCache("hostValues.json");
}

/**
 * Writes down what nodes could change on the Docker host itself (vm.* is shared by all containers), unless an earlier
 * lab that is still up has done so. Nothing to do where the engine runs in a virtual machine of its own (macOS).
 */
export async function recordHostValues(file = hostValuesFile()): Promise<void> {
  if (process.platform !== "linux" || existsSync(file)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(await readHostValues(), null, 2)}\n`, { mode: 0o600 });
}

/** The values now. */
export async function readHostValues(): Promise<HostValues> {
  const names = (await readdir("/proc/sys/vm"))
    .filter((name) => !notValues.has(name))
    .map((name) => `vm/${name}`);
  const paths = [...names, "fs/inotify/max_user_instances"];
  const entries = await Promise.all(
    paths.map(
      async (path) => [path, (await readFile(`/proc/sys/${path}`, "utf8").catch(() => "")).trim()] as const,
    ),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** The recorded values, or none. */
export async function recordedHostValues(file = hostValuesFile()): Promise<HostValues> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}

/** To be called when the values are back. */
export async function forgetHostValues(file = hostValuesFile()): Promise<void> {
  await rm(file, { force: true });
}
