import type { z } from "zod";
import type { FileFeatures } from "./features/index.ts";

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
export function expectWrittenFilesAlone(
  cluster: FileFeatures & { nodes: FileFeatures[] },
  context: z.RefinementCtx,
): void {
  for (const { files, keys } of written) {
    const writerOf = (...levels: FileFeatures[]) =>
      keys.find((key) => levels.some((level) => level[key] !== undefined));
    const refuse = (level: FileFeatures, path: (string | number)[], writer: string | undefined) => {
      for (const file of files.filter((one) => one in (level.files ?? {}))) {
        const message = `expected no file ${file} besides ${writer}, which writes there; say it by ${listed(keys)}, or leave one out`;
        if (writer) context.addIssue({ code: "custom", path: [...path, "files", file], message });
      }
    };
    refuse(cluster, [], writerOf(cluster, ...cluster.nodes));
    cluster.nodes.forEach((node, index) => {
      refuse(node, ["nodes", index], writerOf(cluster, node));
    });
  }
}

function listed(keys: string[]): string {
  return keys.length < 2 ? keys.join() : `${keys.slice(0, -1).join(", ")} or ${keys.at(-1)}`;
}
