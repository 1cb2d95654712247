import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { TestCluster } from "./testCluster.ts";
import { testFolder } from "./testLab.ts";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});
type StateResource = z.infer<typeof resource>;
const exported = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource) }) });

/** A resource as `pulumi import` wants it named. */
export interface Importable {
  type: string;
  name: string;
  id: string;
  /** URN of the component that has it. */
  parent: string;
}

/**
 * Takes the settings of a node out of the state, as if it had never had them: the engine would take their dependents on
 * other nodes with them, so the state is edited.
 */
export async function forgetSettings(cluster: TestCluster, node: string): Promise<Importable[]> {
  const state = exported.parse(JSON.parse(await stackCommand(cluster, "export")));
  const isForgotten = ({ type, id }: StateResource) =>
    type.startsWith("minirack:node:") && type !== "minirack:node:HostKey" && id?.split("/")[0] === node;
  const all = state.deployment.resources;
  const forgotten = all.filter(isForgotten);
  const urns = new Set(forgotten.map(({ urn }) => urn));
  const resources = all.filter((one) => !isForgotten(one)).map((one) => withoutDependencies(one, urns));
  const file = join(testFolder, `${cluster.stack}-state.json`);
  await writeFile(file, JSON.stringify({ ...state, deployment: { ...state.deployment, resources } }), {
    mode: 0o600,
  });
  await stackCommand(cluster, "import", "--file", file);
  return forgotten.map(({ urn, type, id = "", parent = "" }) => ({
    type,
    name: urn.split("::").at(-1) ?? "",
    id,
    parent,
  }));
}

function withoutDependencies(one: StateResource, urns: Set<string>): StateResource {
  const left = (list: string[] | null | undefined) => list?.filter((urn) => !urns.has(urn)) ?? [];
  const byProperty = Object.entries(one.propertyDependencies ?? {}).map(([key, list]) => [key, left(list)]);
  return {
    ...one,
    dependencies: left(one.dependencies),
    propertyDependencies: Object.fromEntries(byProperty),
  };
}

/** Imports resources by one `pulumi import`, or by one for all from a file. */
export async function importSettings(cluster: TestCluster, all: Importable[]): Promise<string> {
  const options = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
  const [first, ...others] = all;
  if (first !== undefined && others.length === 0) {
    const { type, name, id, parent } = first;
    return await cluster.pulumi("import", type, name, id, "--parent", `parent=${parent}`, ...options);
  }
  const parents = [...new Set(all.map(({ parent }) => parent))];
  const nameTable = Object.fromEntries(parents.map((parent, index) => [`parent${index}`, parent]));
  const resources = all.map((one) => ({ ...one, parent: `parent${parents.indexOf(one.parent)}` }));
  const file = join(testFolder, `${cluster.stack}-import.json`);
  await writeFile(file, JSON.stringify({ nameTable, resources }));
  return await cluster.pulumi("import", "--file", file, ...options);
}

async function stackCommand({ prepared, stack }: TestCluster, ...args: string[]): Promise<string> {
  return (await prepared.pulumi(["stack", ...args, "--stack", stack], { stdin: "ignore" })).stdout;
}
