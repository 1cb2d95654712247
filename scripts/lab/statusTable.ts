import type { LabStatus } from "./labStatus.ts";

/** The nodes as lines of aligned columns, or a line that says how to get some. */
export function statusTable(nodes: LabStatus[]): string {
  if (nodes.length === 0) return "no nodes; start them: npm run lab -- up";
  const rows = nodes.map(({ node, port, system, madeOf }) => [node, `127.0.0.1:${port}`, system, madeOf]);
  const all = [["node", "sshd", "system", "made of"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
