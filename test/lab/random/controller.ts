import { join } from "node:path";
import { z } from "zod";
import type { NotebookOutputs } from "../../../runners/notebook/notebookOutputs.ts";
import { readNotebook } from "../../../runners/notebook/readNotebook.ts";
import { notebookRuns } from "../../../runners/notebook/run/remoteRuns.ts";
import { type RunOptions, runOptions } from "../../../runners/notebook/run/runOptions.ts";
import { runRemote } from "../../../runners/notebook/run/runRemote.ts";
import { findRun } from "../../../runners/runs/findRun.ts";
import { RunFailed } from "../../../runners/runs/runFailed.ts";
import { root } from "../../../scripts/lab/labStack.ts";

/**
 * What a person's computer does for a run, in a process of its own whose memory can be measured: `node --import tsx controller.ts PROJECT
 * STACK`, asked by messages.
 */
const askedSchema = z.union([
  z.object({ do: z.enum(["status", "stop", "fetch"]), run: z.string() }),
  z.object({ do: z.literal("run"), options: z.custom<Asked>() }),
]);
type Asked = Partial<RunOptions> & Pick<RunOptions, "file" | "run" | "kind">;
export type Question = z.input<typeof askedSchema>;

export interface Answer {
  /** Of the question. */
  value?: unknown;
  error?: string;
  lines: string[];
  /** Most that this process has had in memory. */
  peakBytes: number;
}

const [project = "", stack = ""] = process.argv.slice(2);
let outputs: Promise<NotebookOutputs> | undefined;
const world = {
  readNotebook: () => {
    outputs ??= readNotebook(root, stack);
    return outputs;
  },
};
const mostLines = 20;

async function answer(asked: Question, print: (line: string) => void): Promise<unknown> {
  if (asked.do === "run") {
    const options = runOptions({ root: project, stack, print, ...asked.options });
    return (await runRemote(options, world)).metadata;
  }
  const runs = notebookRuns(project, world);
  const run = await findRun(join(project, "results"), asked.run);
  if (asked.do === "stop") return await runs.stop(run);
  return asked.do === "status" ? await runs.status(run) : await runs.fetch(run);
}

process.on("message", (message) => {
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line);
    if (lines.length > mostLines) lines.shift();
  };
  const say = (said: Pick<Answer, "value" | "error">) =>
    process.send?.({ ...said, lines, peakBytes: process.resourceUsage().maxRSS * 1024 } satisfies Answer);
  answer(askedSchema.parse(message), print).then(
    (value) => say({ value }),
    (error: unknown) =>
      say(error instanceof RunFailed ? { value: error.metadata } : { error: String(error) }),
  );
});
