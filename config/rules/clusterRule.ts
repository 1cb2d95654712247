import type { ClusterFile, FileNode } from "../clusterFile.ts";

/** A node without the keys that are wrong in themselves. */
export type SoundNode = Partial<FileNode>;

/** A cluster file without the keys that are wrong in themselves; nodes keep their places. */
export interface SoundCluster extends Partial<Omit<ClusterFile, "nodes">> {
  nodes: SoundNode[];
}

/** Tells what is wrong, by its path: `expected …, got …; remedy`. */
export type Tell = (path: PropertyKey[], text: string) => void;

/** A rule over several values of a cluster file. */
export interface ClusterRule {
  /** Whether it says that something is missing: a key that was left out for being wrong would be told twice. */
  needsWhole: boolean;
  check(cluster: SoundCluster, tell: Tell): void;
}
