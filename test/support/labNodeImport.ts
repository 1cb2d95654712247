import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { TestCluster } from "./testCluster.ts";
import { testFolder } from "./testLab.ts";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});
type StateResource = z.infer<typeof resource>;
const exported = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource) }) });

const importOptions = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];

/** A resource as `pulumi import` wants it named. */
export interface Importable {
  type: string;
  name: string;
  id: string;
}

/**
 * Takes the settings of a node out of the state, as if it had never had them: the engine would take their dependents on
 * other nodes with them, so the state is edited.
 */
export async function forgetSettings(cluster: TestCluster, node: string): Promise<Importable[]> {
  const state = await stateOf(cluster);
  const isForgotten = (one: StateResource) => isSetting(one) && one.id?.split("/")[0] === node;
  const all = state.deployment.resources;
  const forgotten = all.filter(isForgotten);
  const urns = new Set(forgotten.map(({ urn }) => urn));
  const resources = all.filter((one) => !isForgotten(one)).map((one) => withoutDependencies(one, urns));
  const file = join(testFolder, `${cluster.stack}-state.json`);
  await writeFile(file, JSON.stringify({ ...state, deployment: { ...state.deployment, resources } }), {
    mode: 0o600,
  });
  await stackCommand(cluster, "import", "--file", file);
  return forgotten.map(importable);
}

/** Every setting in the state. */
export async function settingsOf(cluster: TestCluster): Promise<Importable[]> {
  return (await stateOf(cluster)).deployment.resources.filter(isSetting).map(importable);
}

async function stateOf(cluster: TestCluster) {
  return exported.parse(JSON.parse(await stackCommand(cluster, "export")));
}

function isSetting({ type }: StateResource): boolean {
  return type.startsWith("minirack:node:") && type !== "minirack:node:HostKey";
}

function importable({ urn, type, id = "" }: StateResource): Importable {
  return { type, name: urn.split("::").at(-1) ?? "", id };
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

/** Imports one resource as a person types it: it lands under the stack, where the program finds it by an alias. */
export async function importSetting(cluster: TestCluster, { type, name, id }: Importable): Promise<string> {
  return await cluster.pulumi("import", type, name, id, ...importOptions);
}

/** Imports resources by one `pulumi import` from a file. */
export async function importSettings(cluster: TestCluster, resources: Importable[]): Promise<string> {
  const file = join(testFolder, `${cluster.stack}-import.json`);
  await writeFile(file, JSON.stringify({ resources }));
  return await cluster.pulumi("import", "--file", file, ...importOptions);
}

async function stackCommand({ prepared, stack }: TestCluster, ...args: string[]): Promise<string> {
  return (await prepared.pulumi(["stack", ...args, "--stack", stack], { stdin: "ignore" })).stdout;
}
