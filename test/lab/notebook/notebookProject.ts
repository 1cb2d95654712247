import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A project folder with notebooks of a few lines, for runs on a lab node. */
export interface NotebookProject {
  root: string;
  /** Writes `notebooks/NAME`: a cell for each text; one that begins with `# parameters` is tagged so. */
  notebook(name: string, ...cells: string[]): string;
  write(path: string, text: string): void;
}

/** @param root an empty folder */
export function notebookProject(root: string): NotebookProject {
  for (const folder of ["notebooks", "src", "results"]) mkdirSync(join(root, folder));
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  return {
    root,
    write,
    notebook(name, ...cells) {
      const path = `notebooks/${name}`;
      write(path, JSON.stringify(notebookOf(cells)));
      return path;
    },
  };
}

function notebookOf(cells: string[]) {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells: cells.map((source, index) => ({
      id: `cell${index}`,
      cell_type: "code",
      execution_count: null,
      metadata: source.startsWith("# parameters") ? { tags: ["parameters"] } : {},
      outputs: [],
      source,
    })),
  };
}
