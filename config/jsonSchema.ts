import { z } from "zod";
import { clusterSchema } from "./clusterFile.ts";

/**
 * The cluster file's rules as JSON Schema, for editors: names, types, choices, defaults, descriptions. What only the loader can
 * tell (names that must differ, files that must be there) is not in it.
 */
export function clusterJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(clusterSchema, { target: "draft-7", io: "input", override: dropOwnFormat });
  const description = "Nodes, how to reach them, what is to be true on them.";
  return { ...schema, title: "minirack cluster file", description };
}

/** Zod's name for a pattern that is there as well; no other program knows it. */
function dropOwnFormat({ jsonSchema }: { jsonSchema: { format?: string | undefined } }): void {
  if (jsonSchema.format === "starts_with") delete jsonSchema.format;
}

/** The text of `config/cluster.schema.json`. */
export function clusterJsonSchemaText(): string {
  return `${JSON.stringify(clusterJsonSchema(), null, 2)}\n`;
}
