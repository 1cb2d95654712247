import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { putText, stackFile, textOf } from "./stackFiles.ts";
import { type Address, scanHostKey } from "./transport/hostKey.ts";

type Place = Pick<Address, "host" | "port">;

/** The key that this clone has pinned for an address, whatever the state knows; as known_hosts has it. */
export function pinnedHostKey(stack: string, place: Place): string | undefined {
  const start = lineStart(place);
  return linesOf(stack)
    .find((line) => line.startsWith(start))
    ?.slice(start.length);
}

/** Pins a key: the one that the cluster file gives or the state has wins over what was pinned. */
export function pinHostKey(stack: string, place: Place, key: string): void {
  if (pinnedHostKey(stack, place) === key) return;
  put(stack, [...without(linesOf(stack), place), `${lineStart(place)}${key}`]);
}

/** Forgets an address: whoever answers there next is trusted at first use. */
export function forgetHostKey(stack: string, place: Place): void {
  const lines = linesOf(stack);
  const left = without(lines, place);
  if (left.length < lines.length) put(stack, left);
}

/** Forgets an address for every stack: a lab's node, which is made and thrown away. */
export function forgetLabKey(port: number): void {
  const folder = dirname(stackFile("known_hosts", "any"));
  const stacks = existsSync(folder) ? readdirSync(folder) : [];
  for (const stack of stacks) forgetHostKey(stack, { host: "127.0.0.1", port });
}

/** The pinned key; at the very first contact the one that the node shows, which is pinned then. */
export async function trustedHostKey(stack: string, address: Address): Promise<string> {
  const known = pinnedHostKey(stack, address);
  if (known !== undefined) return known;
  const shown = await scanHostKey(address);
  const meanwhile = pinnedHostKey(stack, address);
  if (meanwhile !== undefined) return meanwhile;
  pinHostKey(stack, address, shown);
  return shown;
}

function lineStart({ host, port }: Place): string {
  return `${port === 22 ? host : `[${host}]:${port}`} `;
}

function linesOf(stack: string): string[] {
  return (textOf(stackFile("known_hosts", stack)) ?? "").split("\n").filter((line) => line !== "");
}

function without(lines: string[], place: Place): string[] {
  return lines.filter((line) => !line.startsWith(lineStart(place)));
}

function put(stack: string, lines: string[]): void {
  putText(stackFile("known_hosts", stack), lines.map((line) => `${line}\n`).join(""));
}
