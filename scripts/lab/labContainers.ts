import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { root } from "./labStack.ts";

/** A lab node as Docker sees it. */
export interface LabContainer {
  node: string;
  container: string;
  stack: string;
  /** Docker's word: running, exited, created … */
  state: string;
  /** Where its sshd is published on 127.0.0.1. */
  port: number;
  /** The node's disk; it tells which clone of the project made it. */
  diskFolder: string;
}

const inspected = z.array(
  z.object({
    Name: z.string(),
    Config: z.object({ Hostname: z.string(), Labels: z.object({ "dev.minirack.lab": z.string() }) }),
    State: z.object({ Status: z.string() }),
    HostConfig: z.object({
      Binds: z.array(z.string()),
      PortBindings: z.record(z.string(), z.array(z.object({ HostPort: z.coerce.number() }))),
    }),
  }),
);

/** The nodes of all labs of all clones that exist on the Docker engine, ordered by port. */
export async function allLabContainers(): Promise<LabContainer[]> {
  const { stdout } = await execa("docker", ["ps", "--all", "--quiet", "--filter", "label=dev.minirack.lab"]);
  if (stdout === "") return [];
  // one that another lab has taken away meanwhile is an error; the others are printed all the same
  const found = await execa("docker", ["container", "inspect", ...stdout.split("\n")], { reject: false });
  return parseContainers(found.stdout);
}

/** @param text what `docker container inspect` printed */
export function parseContainers(text: string): LabContainer[] {
  return inspected
    .parse(JSON.parse(text))
    .map(({ Name, Config, State, HostConfig }) => ({
      node: Config.Hostname,
      container: Name.slice(1),
      stack: Config.Labels["dev.minirack.lab"],
      state: State.Status,
      port: HostConfig.PortBindings["22/tcp"]?.[0]?.HostPort ?? 0,
      diskFolder: HostConfig.Binds.find((bind) => bind.includes(":/disk"))?.split(":")[0] ?? "",
    }))
    .sort((a, b) => a.port - b.port);
}

/** Whether this clone made the node, or one that is gone and cannot take it away any more. */
export function isOurs({ stack, node, diskFolder }: LabContainer): boolean {
  return diskFolder === join(root, ".minirack", stack, "disks", node) || !existsSync(diskFolder);
}

/** The nodes of this clone's lab, whether Pulumi knows of them or not, ordered by port. */
export async function labContainers(stack: string): Promise<LabContainer[]> {
  return (await allLabContainers()).filter((one) => one.stack === stack && isOurs(one));
}

/**
 * One node of this clone's lab.
 * @throws Error naming the nodes that there are
 */
export async function labContainer(stack: string, node: string): Promise<LabContainer> {
  const all = await labContainers(stack);
  const found = all.find((one) => one.node === node);
  if (found) return found;
  const there =
    all.length === 0 ? "none; start them: npm run lab -- up" : all.map((one) => one.node).join(", ");
  throw new Error(`lab ${stack}: expected a node named ${node}, found ${there}`);
}
