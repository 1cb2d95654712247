import { jsonSchemaOf } from "../../provider/schema/jsonSchema.ts";
import { notebookMetadataSchema } from "../../runners/notebook/run/notebookMetadata.ts";
import { runMetadataSchema } from "../../runners/runs/runMetadata.ts";
import { metadataSchema } from "../../runners/training/launch/runRecord.ts";
import { readKeyTable } from "./keyRows.ts";

const start = `# metadata.json: every key

Made by \`npm run schema\` from the rules by which runs are written and read. What a run's folder holds besides, and how runs are
found, followed and fetched: the manual's [runs.md](../manual/runs.md).
`;

const common = jsonSchemaOf(runMetadataSchema);

/** Runners that add a key of their own, with their rules. */
const runners = [
  { title: "Of a training", key: "training", schema: metadataSchema },
  { title: "Of a notebook or a Python script", key: "notebook", schema: notebookMetadataSchema },
];

/** The text of `docs/reference/run-metadata.md`. */
export function runMetadataReference(): string {
  const own = runners.map(({ title, key, schema }) => {
    const properties = { [key]: jsonSchemaOf(schema).properties?.[key] ?? {} };
    return `## ${title}\n\n${readKeyTable({ properties, required: [key] })}\n`;
  });
  return [start, `## Of every run\n\n${readKeyTable(common)}\n`, ...own].join("\n");
}
