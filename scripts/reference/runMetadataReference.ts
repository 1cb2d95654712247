import { jsonSchemaOf } from "../../provider/schema/jsonSchema.ts";
import { runMetadataSchema } from "../../runners/runs/runMetadata.ts";
import { metadataSchema } from "../../runners/training/launch/runRecord.ts";
import { readKeyTable } from "./keyRows.ts";

const start = `# metadata.json: every key

Made by \`npm run schema\` from the rules by which runs are written and read. What a run's folder holds besides, and how runs are
found, followed and fetched: the manual's [runs.md](../manual/runs.md).
`;

const common = jsonSchemaOf(runMetadataSchema);

/** Runners that add keys of their own, with their rules. */
const runners = [["training", metadataSchema]] as const;

/** The text of `docs/reference/run-metadata.md`. */
export function runMetadataReference(): string {
  const own = runners.map(([name, schema]) => {
    const properties = Object.entries(jsonSchemaOf(schema).properties ?? {}).filter(([key]) => key === name);
    const part = { properties: Object.fromEntries(properties), required: [name] };
    return `## Of ${name}\n\n${readKeyTable(part)}\n`;
  });
  return [start, `## Of every run\n\n${readKeyTable(common)}\n`, ...own].join("\n");
}
