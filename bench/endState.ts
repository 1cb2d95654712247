import { readFileSync } from "node:fs";
import type { BenchLab } from "./benchLab.ts";
import { limitsFile, publicKey } from "./benchSettings.ts";
import { Unqualified } from "./unqualified.ts";

const scriptOf = (name: string) => readFileSync(new URL(`nodes/${name}`, import.meta.url), "utf8");
const endState = `public_key='${publicKey.split(" ", 2).join(" ")}'\n${scriptOf("endState.sh")}`;
const reset = scriptOf("reset.sh");

/** @throws Unqualified with what is not so on which node */
export async function expectTrue(lab: BenchLab): Promise<void> {
  const wrong = await linesSaying(lab, "no");
  if (wrong.length > 0)
    throw new Unqualified(`expected every setting to be true on the nodes, got ${wrong.join(", ")}`);
}

/** @throws Unqualified with what is still there on which node */
export async function expectGone(lab: BenchLab): Promise<void> {
  const left = await linesSaying(lab, "yes");
  if (left.length > 0)
    throw new Unqualified(`expected the settings to be gone from the nodes, got ${left.join(", ")}`);
}

/** What the script says of each setting on each node, as far as it is this answer. */
async function linesSaying({ nodes, onAll }: BenchLab, answer: "yes" | "no"): Promise<string[]> {
  return (await onAll(endState)).flatMap((said, index) => {
    const lines = said.split("\n").filter((line) => line.endsWith(`: ${answer}`));
    return lines.map((line) => `${nodes[index]?.name}: ${line}`);
  });
}

/** Nodes with nothing of the settings, whoever made them, and with the packages downloaded. */
export async function resetNodes({ onAll }: BenchLab): Promise<void> {
  await onAll(reset);
}

/** Somebody edits a file on mini1. */
export async function injectDrift({ on, nodes }: BenchLab): Promise<void> {
  await on(nodes[0]?.name ?? "mini1", `echo '* soft nofile 1024' > ${limitsFile}`);
}
