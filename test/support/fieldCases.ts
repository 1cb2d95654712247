import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

const folder = join(import.meta.dirname, "../field");
const script = z.string().min(1);

/** An input that somebody reported, or one of its kind, with the right behaviour: `test/field/NAME/case.yaml`. */
const fieldCase = z.strictObject({
  title: z.string().describe("states the right behaviour"),
  source: z.array(z.string()).min(1).describe("where it was reported: ansible/ansible#57416"),
  node: z.enum(["mini1", "mini3"]).default("mini1").describe("Debian 12, or Debian 13"),
  files: z.record(z.string(), z.string()).default({}).describe("beside the cluster file: name → content"),
  prepare: script.optional().describe("sh as root on the node, before"),
  top: z.record(z.string(), z.json()).default({}).describe("keys of the cluster file above its nodes"),
  cluster: z.record(z.string(), z.json()).default({}).describe("keys of the node in the cluster file"),
  loads: z.json().optional().describe("what the node's settings are to contain; needs no node"),
  up: z.string().optional().describe("the whole error; without it, `up` succeeds"),
  holds: script.optional().describe("sh as root on the node, after `up`"),
  left: script.optional().describe("sh as root on the node, after `destroy`"),
  tidy: script.optional().describe("sh as root on the node, at the end: undoes `prepare`"),
});
export type FieldCase = z.infer<typeof fieldCase> & { name: string };

/** Where a case is decided: when the cluster file is loaded, on a node, or by a run on one. */
export type FieldStage = "load" | "node" | "run";

/** All cases of a stage, by name; those in MINIRACK_TEST_FIELD alone where it is set. */
export function fieldCases(stage: Exclude<FieldStage, "run">): FieldCase[] {
  return fieldCaseValues()
    .filter(({ value }) => stageOf(value) === stage)
    .map(({ name, value }) => ({ name, ...fieldCase.parse(value) }));
}

/** Each case as it is written, whatever its stage. */
export function fieldCaseValues(): { name: string; value: Record<string, unknown> }[] {
  const chosen = process.env.MINIRACK_TEST_FIELD?.split(",");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (chosen === undefined || chosen.includes(entry.name)))
    .map(({ name }) => ({ name, value: object(parse(textOf(name))) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Runs have cells or a script; a case whose error has a place in the cluster file, or that says what is loaded, needs no node. */
export function stageOf(value: Record<string, unknown>): FieldStage {
  if ("notebook" in value || "script" in value) return "run";
  const isRefusedByLoad = typeof value.up === "string" && value.up.startsWith("cluster.yaml:");
  return "loads" in value || isRefusedByLoad ? "load" : "node";
}

/** Writes a case's cluster file, `cluster.yaml`, with what lies beside it; returns its path. */
export async function writeFieldCluster(
  { name, files }: FieldCase,
  { at, node, above }: { at: string; node: Record<string, unknown>; above: Record<string, unknown> },
): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(at, path)), { recursive: true });
    await writeFile(join(at, path), content);
  }
  const { cluster = {}, top = {} } = object(parse(textOf(name), { intAsBigInt: true })); // no digit is lost
  const file = join(at, "cluster.yaml");
  const value = { ...above, ...object(top), nodes: [{ ...node, ...object(cluster) }] };
  await writeFile(file, stringify(value, { aliasDuplicateObjects: false }));
  return file;
}

function textOf(name: string): string {
  return readFileSync(join(folder, name, "case.yaml"), "utf8");
}

const object = (value: unknown) => z.record(z.string(), z.unknown()).parse(value);
