import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Json } from "../provider/settings/setting.ts";
import { type ClusterFile, clusterSchema, type FileNode, type FileSettings } from "./clusterFile.ts";
import { parseFile } from "./parseFile.ts";
import { parseRequirements } from "./requirements.ts";

/** Values of settings in the form that their resources take: setting → entry → value. */
export type SettingValues = Record<string, Record<string, Json>>;

/** A node with everything that is wanted on it. */
export interface ClusterNode extends Omit<FileNode, keyof FileSettings | "linkAddress" | "user"> {
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
  const { packages, files, caCertificates, pythonEnvironment, linkAddress, ...facts } = node;
  const shared = settingValues(cluster, folder);
  const own = settingValues({ packages, files, caCertificates, pythonEnvironment }, folder);
  const link: SettingValues = linkAddress === undefined ? {} : { linkAddress };
  const user = node.user ?? cluster.user ?? "root";
  const firstContact = facts.firstContact && {
    ...facts.firstContact,
    ...(facts.firstContact.identityFile && {
      identityFile: keyPath(facts.firstContact.identityFile, folder),
    }),
  };
  return {
    ...facts,
    firstContact,
    user,
    settings: withNeededPackages({ ...mergeSettings(shared, own), ...link }),
  };
}

/** A key's path as the state has it: from the home folder, or from the project's, so that controllers can share it. */
function keyPath(path: string, folder: string): string {
  return path.startsWith("~/") ? path : relative(".", resolve(folder, path));
}

function mergeSettings(shared: SettingValues, own: SettingValues): SettingValues {
  const keys = [...new Set([...Object.keys(shared), ...Object.keys(own)])];
  return Object.fromEntries(keys.map((key) => [key, { ...shared[key], ...own[key] }]));
}

/** What other settings need from apt: uv's environment is made by venv, and TLS wants certificates. */
function withNeededPackages(settings: SettingValues): SettingValues {
  const needed = [
    ...(settings.pythonEnvironment ? ["python3-venv", "ca-certificates"] : []),
    ...(settings.caCertificates ? ["ca-certificates"] : []),
  ];
  if (needed.length === 0) return settings;
  return { ...settings, packages: { ...settings.packages, ...installed(needed) } };
}

function installed(names: string[]): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, "installed"]));
}

function settingValues(settings: FileSettings, folder: string): SettingValues {
  const text = (path: string) => readFileSync(resolve(folder, path), "utf8");
  const values: SettingValues = {};
  if (settings.packages) values.packages = installed(settings.packages);
  if (settings.files) {
    values.files = mapValues(settings.files, (file) => {
      const content = "source" in file ? text(file.source) : file.content;
      return { content, mode: file.mode, owner: file.owner };
    });
  }
  if (settings.caCertificates)
    values.caCertificates = mapValues(settings.caCertificates, ({ file }) => text(file));
  if (settings.pythonEnvironment) {
    values.pythonEnvironment = mapValues(settings.pythonEnvironment, (one) => ({
      python: one.python,
      requirements: {
        ...parseRequirements((one.requirements ?? []).join("\n"), "requirements"),
        ...(one.requirementsFile ? parseRequirements(text(one.requirementsFile), one.requirementsFile) : {}),
      },
    }));
  }
  return values;
}

function mapValues<From>(record: Record<string, From>, map: (value: From) => Json): Record<string, Json> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
