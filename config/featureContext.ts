import { resolve } from "node:path";
import type { ClusterFile, FileNode } from "./clusterFile.ts";
import { failureText } from "./failureText.ts";
import type { FeatureContext, Wrong } from "./features/feature.ts";
import { nodeProject } from "./features/projects.ts";
import type { SourceFolders } from "./folders.ts";
import { nearestNames } from "./nearestNames.ts";
import { listed } from "./problems/foundText.ts";
import { readText } from "./yaml/readText.ts";

/** Where paths start, and the folders that were looked at there. */
export interface Place {
  folder: string;
  sources: SourceFolders;
}

/** What a feature is told besides its own value. `wrong` takes paths below its key. */
export type ContextOf = (wrong: Wrong) => FeatureContext;

/** What features of a node are told besides their own value. */
export function contextOf(node: FileNode, cluster: ClusterFile, { folder, sources }: Place): ContextOf {
  const user = node.user ?? cluster.user ?? "root";
  const shared = node.without?.includes("projects") ? {} : cluster.projects;
  const projects = { ...shared, ...node.projects };
  return (wrong) => {
    const attempt: FeatureContext["attempt"] = (at, make) => {
      try {
        return make();
      } catch (error) {
        wrong(at, failureText(error));
        return undefined;
      }
    };
    const look: FeatureContext["look"] = (origin, rules, at) =>
      attempt(at, () => sources.look(origin, rules)) ?? { source: "", digest: "", files: [] };
    return {
      ...{ user, node: node.name, links: cluster.nodes.flatMap(linkOf), wrong, attempt, look },
      text: (path, at) => attempt(at, () => readText(resolve(folder, path))) ?? "",
      project: (name, at) => {
        const found = projects[name];
        if (found === undefined) wrong(at, unknownProject(name, Object.keys(projects)));
        const lookQuietly = { look: sources.look.bind(sources), user }; // its own key tells what is wrong with it
        return found && quietly(() => nodeProject(found, lookQuietly, []));
      },
    };
  };
}

/** What `make` gives; nothing where it fails, which is told elsewhere. */
function quietly<Made>(make: () => Made): Made | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function unknownProject(name: string, names: string[]): string {
  const [nearest] = nearestNames(name, names, 1);
  const remedy = nearest === undefined ? "add it to projects" : `write ${nearest}`;
  return `expected one of the node's projects (${listed(names) || "none"}), got "${name}"; ${remedy}`;
}

function linkOf({ name, linkAddress }: FileNode): FeatureContext["links"] {
  const [address] = Object.values(linkAddress ?? {});
  return address === undefined ? [] : [{ node: name, address: address.split("/")[0] ?? "" }];
}
