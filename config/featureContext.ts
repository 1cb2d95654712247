import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ClusterFile, FileNode } from "./clusterFile.ts";
import type { FeatureContext } from "./features/feature.ts";
import { nodeProject } from "./features/projects.ts";
import type { SourceFolders } from "./folders.ts";

/** Where paths start, and the folders that were looked at there. */
export interface Place {
  folder: string;
  sources: SourceFolders;
}

/** What features are told besides their own value. */
export function contextOf(node: FileNode, cluster: ClusterFile, { folder, sources }: Place): FeatureContext {
  const user = node.user ?? cluster.user ?? "root";
  const look: FeatureContext["look"] = (origin, rules) => sources.look(origin, rules);
  const shared = node.without?.includes("projects") ? {} : cluster.projects;
  const projects = { ...shared, ...node.projects };
  return {
    user,
    node: node.name,
    links: cluster.nodes.flatMap(linkOf),
    look,
    text: (path) => readFileSync(resolve(folder, path), "utf8"),
    project: (name) => {
      const found = projects[name];
      if (found !== undefined) return nodeProject(found, { look, user });
      const names = Object.keys(projects).join(", ") || "none";
      throw new Error(`expected one of the node's projects (${names}), got "${name}"; add it to projects`);
    },
  };
}

function linkOf({ name, linkAddress }: FileNode): FeatureContext["links"] {
  const [address] = Object.values(linkAddress ?? {});
  return address === undefined ? [] : [{ node: name, address: address.split("/")[0] ?? "" }];
}
