import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const choiceSchema = z.object({
  /** `path`: the user's own; `npm`: downloaded by the npm package; `offline`: built here. */
  from: z.enum(["path", "npm", "offline"]),
  /** Absolute path of the CLI's executable; its language host lies beside it. */
  cli: z.string(),
});

/** Which Pulumi this clone uses. */
export type PulumiChoice = z.infer<typeof choiceSchema>;

const fileOf = (stateDir: string) => join(stateDir, "pulumi.json");

/** What was chosen earlier; nothing when nothing was, or when the note cannot be read. */
export function rememberedChoice(stateDir: string): PulumiChoice | undefined {
  try {
    return choiceSchema.parse(JSON.parse(readFileSync(fileOf(stateDir), "utf8")));
  } catch {
    return undefined; // chosen again then
  }
}

export function rememberChoice(stateDir: string, choice: PulumiChoice): void {
  const beside = `${fileOf(stateDir)}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(choice, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, fileOf(stateDir));
}
