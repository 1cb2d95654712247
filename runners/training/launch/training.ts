import { z } from "zod";
import { connectionSchema } from "../../../provider/transport/connection.ts";

/** The stack output `training`: where a run may start, and what is deployed there. */
export const trainingSchema = z.object({
  nodes: z
    .array(
      z.object({
        name: z.string(),
        linkAddress: z.string().describe("address on the link, for training traffic only"),
        interface: z.string().describe("name of the link's interface on the node"),
        connection: connectionSchema,
      }),
    )
    .min(1),
  directory: z.string().describe("where the code is on every node"),
  python: z.string().describe("the training environment's interpreter on every node"),
  codeHash: z.string().describe("trainingCodeHash of the deployed files"),
});
export type Training = z.infer<typeof trainingSchema>;
