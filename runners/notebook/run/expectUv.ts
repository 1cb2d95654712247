import type { NotebookNode } from "../notebookOutputs.ts";

/**
 * uv's path on a node, which native mode needs.
 * @throws Error where the cluster file asks for none
 */
export function expectUv({ name, uv }: NotebookNode): string {
  if (uv !== undefined) return uv;
  throw new Error(
    `--native: expected uv on ${name}, got none; set notebook.isNative: true in the cluster file, then npx pulumi up`,
  );
}
