import { execa } from "execa";
import type { TestLab } from "../../support/testLab.ts";
import { nodeNames } from "../../support/testLab.ts";
import type { ProcessSampler } from "./processSampler.ts";

/** Puts a word into the nodes' logs, and into arguments and environment of a process wherever a sampler runs. */
export async function plant(
  word: string,
  lab: TestLab,
  samplers: ReadonlyMap<string, ProcessSampler>,
): Promise<void> {
  for (const node of nodeNames) await lab.on(node, `logger ${word}; echo ${word} > /var/log/planted.log`);
  for (const [where, sampler] of samplers) {
    const prefix = where === "controller" ? [] : ["docker", "exec", "-i", `minirack-${lab.stack}-${where}`];
    const [command = "", ...args] = [...prefix, "env", `PLANTED=${word}`, "sh", "-c", "cat", `-${word}`];
    const child = execa(command, args);
    await sampler.sees(`\nPLANTED=${word}\n`);
    await sampler.sees(`\n-${word}\n`);
    child.stdin.end();
    await child;
  }
}
