import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { fieldCaseValues, stageOf } from "./fieldCases.ts";

const script = z.string().min(1);

/** An input of a run that somebody reported, or one of its kind, with the right behaviour: `test/field/NAME/case.yaml`. */
const fieldRun = z.strictObject({
  title: z.string().describe("states the right behaviour"),
  source: z.array(z.string()).min(1).describe("where it was reported: docker/cli#3058"),
  notebook: z
    .array(z.string())
    .min(1)
    .describe("its cells; one that begins with `# parameters` is tagged so"),
  requirements: z.string().optional().describe("the project's requirements.txt"),
  files: z.record(z.string(), z.string()).default({}).describe("of the project's folder: path → content"),
  arguments: z.array(z.string()).default([]).describe("typed after the run's name"),
  native: z.boolean().default(false).describe("whether it is run without a container as well"),
  top: z.record(z.string(), z.json()).default({}).describe("keys of the cluster file above its node"),
  here: script.optional().describe("sh on this computer, before"),
  prepare: script.optional().describe("sh as root on the node, before"),
  log: z.array(z.string()).default([]).describe("lines that it prints"),
  results: z.array(z.string()).default([]).describe("names in results/RUN"),
  metadata: z.json().optional().describe("what metadata.json contains"),
  error: z
    .string()
    .optional()
    .describe("the whole error, or its beginning up to …; without it, the run finishes"),
  holds: script.optional().describe("sh as root on the node, after"),
});
export type FieldRun = z.infer<typeof fieldRun> & { name: string };

/** All cases of runs, by name; those in MINIRACK_TEST_FIELD alone where it is set. */
export function fieldRuns(): FieldRun[] {
  return fieldCaseValues()
    .filter(({ value }) => stageOf(value) === "run")
    .map(({ name, value }) => ({ name, ...fieldRun.parse(value) }));
}

/** Writes a case's files into its project's folder. */
export function writeFieldProject(root: string, { files, requirements }: FieldRun): void {
  const all = requirements === undefined ? files : { ...files, "requirements.txt": requirements };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
