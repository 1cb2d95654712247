import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fencesOf } from "../../support/markdown.ts";
import { root } from "../../support/pages.ts";

/** What a page of the documentation says to type, by the heading that it stands under: all blocks of shell, one after another. */
export function pageCommands(page: string): ReadonlyMap<string, string> {
  const commands = new Map<string, string>();
  for (const section of readFileSync(join(root, page), "utf8").split(/^##? /m).slice(1)) {
    const blocks = fencesOf(section).filter(({ language }) => language === "sh");
    if (blocks.length > 0)
      commands.set(section.split("\n")[0] ?? "", blocks.map(({ text }) => text).join(""));
  }
  return commands;
}
