import type { z } from "zod";
import type { FileFeatures } from "./features/index.ts";

const writers = ["hostname", "hosts", "linkNames"] as const;
const written = ["/etc/hosts", "/etc/hostname"];

/** A file that `names` writes line by line cannot be given as a whole as well: the two would undo one another. */
export function expectNamesFilesAlone(
  cluster: FileFeatures & { nodes: FileFeatures[] },
  context: z.RefinementCtx,
): void {
  const refuse = (path: (string | number)[], writer: string) => {
    const message = `expected no file ${path.at(-1)} besides ${writer}, which writes lines there; give those as hosts and hostname`;
    context.addIssue({ code: "custom", path, message });
  };
  const writerOf = (...levels: FileFeatures[]) =>
    writers.find((key) => levels.some((level) => level[key] !== undefined));
  const writer = writerOf(cluster, ...cluster.nodes);
  for (const path of filesOf(cluster)) if (writer) refuse(["files", path], writer);
  cluster.nodes.forEach((node, index) => {
    const own = writerOf(cluster, node);
    for (const path of filesOf(node)) if (own) refuse(["nodes", index, "files", path], own);
  });
}

function filesOf({ files = {} }: FileFeatures): string[] {
  return written.filter((path) => path in files);
}
