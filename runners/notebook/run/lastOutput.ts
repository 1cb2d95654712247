import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const text = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat().join(""));
const executed = z.object({
  cells: z.array(
    z.object({
      outputs: z.array(z.object({ output_type: z.string(), text: text.optional() })).default([]),
    }),
  ),
});

/** What the last cell that printed anything printed, of the executed notebook in a run's folder; nothing where none did. */
export async function lastOutput(folder: string): Promise<string[]> {
  const { cells } = executed.parse(JSON.parse(await readFile(join(folder, "executed.ipynb"), "utf8")));
  const printed = cells.map(({ outputs }) => outputs.map((output) => output.text ?? "").join(""));
  return (printed.findLast((one) => one !== "") ?? "").trimEnd().split("\n");
}
