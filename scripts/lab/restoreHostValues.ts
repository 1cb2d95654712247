import { execa } from "execa";
import { forgetHostValues, type HostValues, readHostValues, recordedHostValues } from "./hostValues.ts";

/**
 * Puts back the Docker host's own values that nodes have changed.
 * @param container a running node to do it from where we are not root, if there is one
 * @throws Error naming the values that could not be put back, and how to do it by hand
 */
export async function restoreHostValues(container: string | undefined): Promise<void> {
  const recorded = await recordedHostValues();
  const changed = await changedValues(recorded);
  if (changed.length > 0) {
    const [file, ...args] =
      process.getuid?.() === 0 || !container ? ["sh"] : ["docker", "exec", "-i", container, "sh"];
    await execa(file, args, { input: restoreScript(recorded, changed), reject: false });
  }
  const left = await changedValues(recorded);
  if (left.length > 0) {
    const commands = left.map((path) => `  sudo sysctl -w ${path.replaceAll("/", ".")}='${recorded[path]}'`);
    throw new Error(
      `the lab changed the Docker host's values and could not put them back. Do it by hand:\n${commands.join("\n")}`,
    );
  }
  await forgetHostValues();
}

async function changedValues(recorded: HostValues): Promise<string[]> {
  if (Object.keys(recorded).length === 0) return [];
  const now = await readHostValues();
  return Object.keys(recorded).filter((path) => now[path] !== recorded[path]);
}

/** A zero goes unwritten where it means "the other of the pair counts" (dirty_bytes and dirty_ratio): that one's value brings it. */
export function restoreScript(recorded: HostValues, changed: string[]): string {
  const pairedZero = (path: string) => path.startsWith("vm/dirty") && recorded[path] === "0";
  const writes = changed.filter((path) => !pairedZero(path));
  return writes.map((path) => `echo '${recorded[path]}' >/proc/sys/${path}\n`).join("");
}
