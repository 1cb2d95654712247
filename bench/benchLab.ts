import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { labDown } from "../scripts/lab/labDown.ts";
import { root } from "../scripts/lab/labStack.ts";
import { labUp } from "../scripts/lab/labUp.ts";

/** Where the bench's nodes are: a lab of its own. */
export interface LabPlace {
  stack: string;
  /** sshd of mini1 is on the port after it. */
  portBase: number;
  linkSubnet: string;
}

/** A node as the tools reach it. */
export interface BenchNode {
  name: string;
  port: number;
}

/** The nodes that a series is timed on. */
export interface BenchLab {
  stack: string;
  nodes: BenchNode[];
  user: string;
  /** The private key that every node lets in. */
  identityFile: string;
  /** Where tools write their files; from the project's folder. */
  folder: string;
  /** Aborted when the bench is to stop. */
  signal: AbortSignal;
  /** Runs a script as root on a node, past all tools; resolves with what it printed. */
  on(node: string, script: string): Promise<string>;
  /** The same on every node, a few at a time. */
  onAll(script: string): Promise<string[]>;
}

interface LabWork extends LabPlace {
  say(line: string): void;
}

const filesOf = ({ stack }: Pick<LabPlace, "stack">) => join(".minirack", `${stack}-files`);

/** Makes that many nodes, fresh. */
export async function benchLab(work: LabWork, count: number, signal: AbortSignal): Promise<BenchLab> {
  const { stack, portBase } = work;
  const configFile = await writeLabFiles(work);
  await labDown({ stack, configFile, say: work.say });
  await labUp({ stack, configFile, say: work.say, nodes: count });
  const nodes = Array.from({ length: count }, (_, index) => ({
    name: `mini${index + 1}`,
    port: portBase + index + 1,
  }));
  const on = async (node: string, script: string) => {
    const args = ["exec", "-i", `minirack-${stack}-${node}`, "sh", "-eu"];
    return (await execa("docker", args, { input: script, cancelSignal: signal })).stdout;
  };
  const identityFile = join(root, ".minirack", stack, "id_ed25519");
  const lab = { stack, nodes, user: "rack", identityFile, folder: filesOf(work), signal, on };
  return withNodes({ ...lab, onAll: async () => [] }, nodes);
}

/** The same lab, but fewer of its nodes or by other ports. */
export function withNodes(lab: BenchLab, nodes: BenchNode[]): BenchLab {
  return { ...lab, nodes, onAll: (script) => onAll(nodes, lab.on, script) };
}

/** Takes the lab away, and all files of the bench. */
export async function endBenchLab(work: LabWork): Promise<void> {
  await labDown({ stack: work.stack, configFile: await writeLabFiles(work), say: work.say });
  await rm(join(root, filesOf(work)), { recursive: true, force: true });
}

async function writeLabFiles({ stack, portBase, linkSubnet }: LabPlace): Promise<string> {
  const folder = join(root, filesOf({ stack }));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lab = { user: "rack", portBase, linkSubnet, nodes: [{ name: "mini1" }] };
  await writeFile(join(folder, "lab.yaml"), stringify(lab));
  const configFile = join(folder, `Pulumi.${stack}.yaml`);
  const labFile = join(filesOf({ stack }), "lab.yaml");
  await writeFile(configFile, stringify({ config: { "minirack:labFile": labFile } }));
  return configFile;
}

/** What is done between the timings need not load the computer for long. */
async function onAll(nodes: BenchNode[], on: BenchLab["on"], script: string): Promise<string[]> {
  const printed: string[] = [];
  for (let from = 0; from < nodes.length; from += 4) {
    const some = nodes.slice(from, from + 4);
    printed.push(...(await Promise.all(some.map(({ name }) => on(name, script)))));
  }
  return printed;
}
