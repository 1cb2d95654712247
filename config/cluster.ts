import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type ClusterFile, clusterSchema, type FileNode } from "./clusterFile.ts";
import type { FeatureContext, SettingValues } from "./features/feature.ts";
import { type FileFeatures, featureSettings, features, mergeSettings } from "./features/index.ts";
import { parseFile } from "./parseFile.ts";
import { tellContents } from "./startedAfter.ts";

/** A node with everything that is wanted on it. */
export interface ClusterNode extends Omit<FileNode, keyof FileFeatures | "linkAddress" | "user" | "without"> {
  user: string;
  settings: SettingValues;
}

/** A cluster file, loaded: every default filled in, every file that it names read. */
export interface Cluster {
  /** Folder of the file: paths in it start there. */
  folder: string;
  identityFile: string;
  nodes: ClusterNode[];
  training: ClusterFile["training"];
}

/** Loads a cluster file for a stack; throws one ConfigError with every problem. */
export function loadCluster(file: string, stack: string): Cluster {
  const parsed = parseFile(file, clusterSchema);
  const folder = dirname(resolve(file));
  return {
    folder,
    identityFile: parsed.identityFile ? keyPath(parsed.identityFile, folder) : `~/.ssh/minirack/${stack}`,
    nodes: parsed.nodes.map((node) => resolveNode(node, parsed, folder)),
    training: parsed.training,
  };
}

function resolveNode(node: FileNode, cluster: ClusterFile, folder: string): ClusterNode {
  const user = node.user ?? cluster.user ?? "root";
  const links = cluster.nodes.flatMap(linkOf);
  const context = {
    user,
    node: node.name,
    links,
    text: (path: string) => readFileSync(resolve(folder, path), "utf8"),
  };
  const { linkAddress, firstContact, without: notShared = [], ...rest } = node;
  const facts = without(
    rest,
    features.map(({ key }) => key),
  );
  const identityFile = firstContact?.identityFile && keyPath(firstContact.identityFile, folder);
  const isForAll = node.os === "linux"; // expectSettable tells what a node of another system asks for itself
  const shared = isForAll ? featureSettings(cluster, context, notShared) : {};
  const own = mergeSettings(featureSettings(node, context), linkAddress ? { linkAddress } : {});
  return {
    ...facts,
    firstContact: firstContact && { ...firstContact, ...(identityFile && { identityFile }) },
    user,
    settings: tellContents(mergeSettings(shared, own)),
  };
}

function linkOf({ name, linkAddress }: FileNode): FeatureContext["links"] {
  const [address] = Object.values(linkAddress ?? {});
  return address === undefined ? [] : [{ node: name, address: address.split("/")[0] ?? "" }];
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
