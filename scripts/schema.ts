import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { clusterJsonSchemaText } from "../config/jsonSchema.ts";
import { packageSchemaText } from "../provider/schema/packageSchema.ts";

new Command("npm run schema")
  .description(
    "Writes config/cluster.schema.json, by which editors know the cluster file, from the rules in config/.",
  )
  .parse();

const texts = {
  "config/cluster.schema.json": clusterJsonSchemaText(),
  "provider/schema.json": packageSchemaText(),
};
for (const [file, text] of Object.entries(texts)) writeFileSync(join(import.meta.dirname, "..", file), text);
