import type { LabSettings } from "../../support/labSettings.ts";
import { nodeNames } from "../../support/testLab.ts";

/** One file on every node, as an `up` would put it there. */
export const notes = (content = "ours\n") => ({
  "/srv/notes/readme.txt": { content, mode: "0644", owner: "root:root" },
});

/** Puts the file on every node at once; says of each `done`, or its error. */
export async function onEveryNode(settings: LabSettings, content?: string): Promise<Record<string, string>> {
  const outcomes = nodeNames.map(async (node) => {
    const outcome = await settings.create(node, "files", notes(content)).then(
      () => "done",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return [node, outcome] as const;
  });
  return Object.fromEntries(await Promise.all(outcomes));
}

/** Takes the file from every node again. */
export async function offEveryNode(settings: LabSettings): Promise<void> {
  await Promise.all(nodeNames.map((node) => settings.delete(node, "files", notes())));
}
