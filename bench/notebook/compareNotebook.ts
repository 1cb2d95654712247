import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { countedStream } from "../../runners/notebook/image/countedStream.ts";
import { projectFolder } from "../../scripts/project.ts";

/** One round: a changed notebook by our way, then its image as a whole. */
export interface NotebookRound {
  /** From command to results on this disk. */
  totalSeconds: number;
  /** The same without the notebook's cells. */
  beyondSeconds: number;
  wireBytes: number;
  missingLayerBytes: number;
  /** Of `docker save IMAGE | ssh NODE docker load`. */
  saveSeconds: number;
  saveBytes: number;
}

const told = z.object({
  notebook: z.object({ seconds: z.number() }),
  environment: z.object({ imageId: z.string() }),
  bound: z.object({ wireBytes: z.number(), missingLayerBytes: z.number() }),
});

interface Comparison {
  node: string;
  stack: string;
  runs: number;
  say: (line: string) => void;
}

/** Runs the rounds, after one that makes image and layers; its notebook and its results go at the end. */
export async function compareNotebook({ node, stack, runs, say }: Comparison): Promise<NotebookRound[]> {
  const root = projectFolder();
  const folder = mkdtempSync(join(root, "notebooks", "bench-"));
  try {
    const rounds: NotebookRound[] = [];
    for (let count = 0; count <= runs; count++) {
      const round = await oneRound(root, folder, { node, stack, count });
      say(`${count === 0 ? "warming up" : `round ${count}`}: ${JSON.stringify(round)}`);
      if (count > 0) rounds.push(round);
    }
    return rounds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function oneRound(
  root: string,
  folder: string,
  { node, stack, count }: { node: string; stack: string; count: number },
): Promise<NotebookRound> {
  const run = `bench-${process.pid}-${count}`;
  const file = join(folder, "bench.ipynb");
  writeFileSync(file, notebookText(`print(${JSON.stringify(run)})`));
  try {
    const begun = performance.now();
    const { stdout } = await execa(
      join(root, "scripts/run-remote.sh"),
      [file, run, "--node", node, "--stack", stack, "--json"],
      { stderr: "ignore", cwd: root },
    );
    const totalSeconds = (performance.now() - begun) / 1000;
    const { notebook, environment, bound } = told.parse(JSON.parse(stdout));
    const saved = await saveAndLoad(environment.imageId, node);
    return { totalSeconds, beyondSeconds: totalSeconds - notebook.seconds, ...bound, ...saved };
  } finally {
    rmSync(join(root, "results", run), { recursive: true, force: true });
  }
}

async function saveAndLoad(
  imageId: string,
  node: string,
): Promise<{ saveSeconds: number; saveBytes: number }> {
  const begun = performance.now();
  const loading = execa("ssh", [node, "docker load"], { stdin: "pipe" });
  const saving = execa("docker", ["save", imageId], { buffer: false });
  const image = countedStream(saving.stdout);
  image.stream.pipe(loading.stdin);
  await Promise.all([saving, loading]);
  return { saveSeconds: (performance.now() - begun) / 1000, saveBytes: image.bytes() };
}

function notebookText(source: string): string {
  const cell = { id: "cell", cell_type: "code", execution_count: null, metadata: {}, outputs: [], source };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
}
