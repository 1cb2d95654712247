import { dirname, relative, resolve } from "node:path";
import type { ClusterFile, FileNode } from "./clusterFile.ts";
import { type DataFolder, dataFolders } from "./dataFolders.ts";
import { contextOf, type Place } from "./featureContext.ts";
import { installed, mergeSettings, type SettingValues } from "./features/feature.ts";
import { type FileFeatures, featureSettings, features } from "./features/index.ts";
import { SourceFolders } from "./folders.ts";
import { type Hooks, resolveHooks } from "./hooks.ts";
import { type Mpi, mpiSettings, resolveMpi } from "./mpi.ts";
import { NodeProblems, type NodeWrong } from "./nodeProblems.ts";
import { type Notebook, notebookSettings, resolveNotebook } from "./notebook.ts";
import { parseCluster } from "./parseCluster.ts";
import { type StackSecrets, secretProblems } from "./secretProblems.ts";
import { tellContents } from "./startedAfter.ts";
import { readYamlFile } from "./yaml/yamlFile.ts";

/** A node with everything that is wanted on it. */
export interface ClusterNode
  extends Omit<FileNode, keyof FileFeatures | "linkAddress" | "user" | "without" | "hooks"> {
  user: string;
  hooks: Hooks;
  settings: SettingValues;
  /** Data sets that runs on it read: name → where it lies, and what is in it where we brought it. */
  data: Record<string, DataFolder>;
}

/** A cluster file, loaded: every default filled in, every file that it names read. */
export interface Cluster {
  /** Folder of the file: paths in it start there. */
  folder: string;
  identityFile: string;
  nodes: ClusterNode[];
  mpi: Mpi | undefined;
  training: ClusterFile["training"];
  notebook: Notebook | undefined;
  /** How links are measured; not at all without it. */
  links: ClusterFile["links"];
}

/**
 * Loads a cluster file for a stack; throws one ConfigError with every problem.
 * @param secrets what the stack has: then a secret that is nowhere is a problem as well; without it, nobody asks
 */
export function loadCluster(file: string, stack: string, secrets?: StackSecrets): Cluster {
  const yaml = readYamlFile(file);
  const parsed = parseCluster(yaml);
  const folder = dirname(resolve(file));
  const place = { folder, sources: new SourceFolders(folder) };
  const told = new NodeProblems();
  const nodes = parsed.nodes.map((node, index) => resolveNode(node, parsed, place, told.of(index)));
  const missing = secrets ? secretProblems(yaml.value, folder, secrets) : [];
  if (told.all.length + missing.length > 0) throw yaml.error([...told.all, ...missing]);
  return {
    folder,
    identityFile: parsed.identityFile ? keyPath(parsed.identityFile, folder) : `~/.ssh/minirack/${stack}`,
    nodes,
    mpi: resolveMpi(parsed),
    training: parsed.training,
    notebook: resolveNotebook(parsed),
    links: parsed.links,
  };
}

/** What measures a link. */
const linkPackages = { packages: installed("iperf3", "iputils-ping") };

function resolveNode(node: FileNode, cluster: ClusterFile, place: Place, wrong: NodeWrong): ClusterNode {
  const user = node.user ?? cluster.user ?? "root";
  const context = contextOf(node, cluster, place);
  const { linkAddress, firstContact, hooks, without: notShared = [], ...rest } = node;
  const facts = without(
    rest,
    features.map(({ key }) => key),
  );
  const identityFile = firstContact?.identityFile && keyPath(firstContact.identityFile, place.folder);
  const isForAll = node.os === "linux"; // expectSettable tells what a node of another system asks for itself
  const shared = isForAll ? featureSettings(cluster, context, wrong.shared, notShared) : {};
  const link = linkAddress ? { linkAddress, ...(cluster.links && linkPackages) } : {};
  const own = mergeSettings(featureSettings(node, context, wrong.own), link);
  const settings = tellContents(
    [shared, mpiOf(node, cluster), notebookOf(node, cluster, user), own].reduce(mergeSettings),
  );
  return {
    ...facts,
    firstContact: firstContact && { ...firstContact, ...(identityFile && { identityFile }) },
    user,
    hooks: resolveHooks(isForAll ? cluster.hooks : undefined, hooks),
    settings,
    data: dataFolders(dataSetsOf(node, cluster), settings),
  };
}

function notebookOf({ name }: FileNode, cluster: ClusterFile, user: string): SettingValues {
  const notebook = resolveNotebook(cluster);
  return notebook?.nodes.includes(name) ? notebookSettings(notebook, user) : {};
}

function dataSetsOf({ dataSets, without: notShared = [] }: FileNode, cluster: ClusterFile) {
  return { ...(notShared.includes("dataSets") ? {} : cluster.dataSets), ...dataSets };
}

function mpiOf({ name }: FileNode, cluster: ClusterFile): SettingValues {
  const mpi = resolveMpi(cluster);
  return mpi?.nodes.includes(name) ? mpiSettings(mpi) : {};
}

function without<Value extends object, Key extends keyof Value>(value: Value, keys: Key[]): Omit<Value, Key> {
  const rest = { ...value };
  for (const key of keys) delete rest[key];
  return rest;
}

/** A key's path as the state has it: from the home folder, or from the project's, so that controllers can share it. */
function keyPath(path: string, folder: string): string {
  return path.startsWith("~/") ? path : relative(".", resolve(folder, path));
}
