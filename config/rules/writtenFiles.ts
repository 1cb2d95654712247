import type { FileFeatures } from "../features/index.ts";
import { listed } from "../problems/foundText.ts";
import type { ClusterRule } from "./clusterRule.ts";

/** Files that settings write line by line, or whole, and the keys that have them do so. */
const written: { files: string[]; keys: (keyof FileFeatures)[] }[] = [
  { files: ["/etc/hosts", "/etc/hostname"], keys: ["hostname", "hosts", "linkNames"] },
  { files: ["/etc/fstab"], keys: ["swapGb"] },
  {
    files: ["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow"],
    keys: ["users", "groups", "docker"],
  },
  { files: ["/etc/sysctl.d/90-minirack.conf"], keys: ["sysctl"] },
  {
    files: ["/etc/security/limits.d/90-minirack.conf", "/etc/systemd/system.conf.d/90-minirack.conf"],
    keys: ["limits"],
  },
];

/** A file that a setting writes to cannot be given as a whole as well: the two would undo one another. */
export const writtenFiles: ClusterRule = {
  needsWhole: false,
  check(cluster, tell) {
    for (const { files, keys } of written) {
      const writerOf = (...levels: FileFeatures[]) =>
        keys.find((key) => levels.some((level) => level[key] !== undefined));
      const refuse = (level: FileFeatures, path: PropertyKey[], writer: string | undefined) => {
        if (writer === undefined) return;
        for (const file of files.filter((one) => one in (level.files ?? {})))
          tell(
            [...path, "files", file],
            `expected no whole file where ${writer} writes, got ${file}; say it by ${listed(keys)}, or leave one out`,
          );
      };
      refuse(cluster, [], writerOf(cluster, ...cluster.nodes));
      cluster.nodes.forEach((node, index) => {
        refuse(node, ["nodes", index], writerOf(cluster, node));
      });
    }
  },
};
