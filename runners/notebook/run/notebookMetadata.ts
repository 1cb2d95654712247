import { z } from "zod";
import { runMetadataSchema } from "../../runs/runMetadata.ts";
import { outcomeSchema } from "./outcome.ts";

/** results/RUN/metadata.json of a notebook or a Python script. */
export const notebookMetadataSchema = runMetadataSchema.extend({
  runner: z.enum(["notebook", "python"]),
  notebook: z.object({
    file: z.string().describe("from the project's folder"),
    seconds: z
      .number()
      .optional()
      .describe("of the cells, or of the script: without image, transfer and start"),
    cells: outcomeSchema.shape.cells,
    isNative: z.boolean().describe("whether it ran without a container"),
    dvc: outcomeSchema.shape.dvc,
  }),
});
export type NotebookMetadata = z.infer<typeof notebookMetadataSchema>;
