import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { writtenTexts } from "./reference/writtenTexts.ts";

new Command("npm run schema")
  .description(
    "Writes what is made from the rules: the schemas for editors and for Pulumi, and the reference in docs/reference.",
  )
  .parse();

for (const [file, text] of Object.entries(writtenTexts())) {
  const path = join(import.meta.dirname, "..", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
