import { z } from "zod";

/** Something of a run's output that cannot come home. */
export const leftOutSchema = z.object({
  path: z.string().describe("in the output"),
  why: z.string().describe("a pipe, a link that leads out of the output, a name that is not UTF-8"),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** What of a run stays on its node, and where. */
export const stayingSchema = z.object({
  node: z.string(),
  folder: z.string().describe("the run's on the node, which stays"),
  count: z.number().int().describe("how many"),
  files: z.array(leftOutSchema).describe("the first thousand of them"),
});
export type Staying = z.infer<typeof stayingSchema>;

const mostKept = 1000;
const mostShown = 5;

/** As it is kept in metadata.json; undefined where everything came. */
export function stayingOf(node: string, folder: string, leftOut: LeftOut[]): Staying | undefined {
  if (leftOut.length === 0) return undefined;
  return { node, folder, count: leftOut.length, files: leftOut.slice(0, mostKept) };
}

/** One line that names what stays; none where nothing does. */
export function stayingLines(staying: Staying | undefined): string[] {
  if (staying === undefined) return [];
  const { node, folder, count, files } = staying;
  const named = files.slice(0, mostShown).map(({ path, why }) => `${JSON.stringify(path)} (${why})`);
  const others = count > named.length ? `, and ${count - named.length} more, which metadata.json names` : "";
  return [
    `left out: ${named.join(", ")}${others}; they stay on ${node} in ${folder}/output: remove that folder when you have what you need`,
  ];
}
