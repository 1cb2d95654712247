import { z } from "zod";
import { connectionSchema } from "../../provider/transport/connection.ts";

const notebookNodeSchema = z.object({
  name: z.string(),
  connection: connectionSchema,
  runsFolder: z.string().describe("folder on the node that holds a folder for each run which is there"),
  uv: z.string().optional().describe("uv's path on the node, where runs without a container are possible"),
  data: z.record(z.string(), z.object({ path: z.string(), digest: z.string().optional() })),
});
/** A node that runs notebooks. */
export type NotebookNode = z.infer<typeof notebookNodeSchema>;

/** The stack output `notebook`: where a run may go. */
export const notebookOutputsSchema = z.object({
  baseImage: z.string().describe("image that runs' images are made of"),
  nodes: z.array(notebookNodeSchema).min(1),
});
export type NotebookOutputs = z.infer<typeof notebookOutputsSchema>;
