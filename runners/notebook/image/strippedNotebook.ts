import { z } from "zod";

const notebook = z.looseObject({
  nbformat: z.number(),
  cells: z.array(z.looseObject({ cell_type: z.string() })),
});

/**
 * A notebook without what it printed when it was last run.
 *
 * @throws Error where it is no notebook
 */
export function strippedNotebook(content: Buffer, file: string): Buffer {
  const read = notebook.safeParse(parsed(content, file));
  if (!read.success) throw notOne(file, "JSON without cells");
  const cells = read.data.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return Buffer.from(`${JSON.stringify({ ...read.data, cells }, null, 1)}\n`);
}

function parsed(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch (error) {
    throw notOne(file, error instanceof Error ? error.message : String(error));
  }
}

function notOne(file: string, found: string): Error {
  return new Error(
    `${file}: expected a notebook of Jupyter's, got ${found}; open it in Jupyter and save it again`,
  );
}
