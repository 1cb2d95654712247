import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { clusterJsonSchemaText } from "../config/jsonSchema.ts";

new Command("npm run schema")
  .description(
    "Writes config/cluster.schema.json, by which editors know the cluster file, from the rules in config/.",
  )
  .parse();

writeFileSync(join(import.meta.dirname, "../config/cluster.schema.json"), clusterJsonSchemaText());
