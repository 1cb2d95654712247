import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";
import { quote } from "../../../provider/shell/command.ts";
import type { TestLab } from "../../support/testLab.ts";

/** Something in a run's output, as its node has it. */
export interface Entry {
  path: Buffer;
  /** As `find` has it: f, d, l, p, s. */
  type: string;
  sizeBytes: number;
  /** Of files that are not huge. */
  sha256: string | undefined;
}

const largestRead = 400 * 2 ** 20;

/** All of a run's output on its node, but what minirack itself keeps there; read by root. */
export async function listOutput(lab: TestLab, folder: string): Promise<Entry[]> {
  const cd = `cd ${quote(`${folder}/output`)}`;
  const tree = "find . -mindepth 1 -path ./.minirack -prune -o -mindepth 1 -printf '%y\\0%s\\0%P\\0'";
  const files = `find . -path ./.minirack -prune -o -type f -size -${largestRead / 512}b -print0`;
  const listed = await decoded(lab, `${cd}\n${tree} | base64 -w 0`);
  const sums = await decoded(lab, `${cd}\n${files} | xargs -0 -r sha256sum -z | base64 -w 0`);
  const sumOf = new Map(
    split(sums).map((line) => [line.subarray(68).toString("hex"), line.subarray(0, 64).toString()]),
  );
  const fields = split(listed);
  return Array.from({ length: fields.length / 3 }, (_, at): Entry => {
    const [type = Buffer.of(), size = Buffer.of(), path = Buffer.of()] = fields.slice(at * 3);
    const sha256 = sumOf.get(path.toString("hex"));
    return { path, type: type.toString(), sizeBytes: Number(size), sha256 };
  });
}

async function decoded(lab: TestLab, script: string): Promise<Buffer> {
  return Buffer.from(await lab.on("mini1", script), "base64");
}

function split(all: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0, end = all.indexOf(0); end !== -1; start = end + 1, end = all.indexOf(0, start))
    parts.push(all.subarray(start, end));
  return parts;
}

/** Whether a run's folder here has it, whole. */
export async function cameHome({ path, type, sizeBytes, sha256 }: Entry, folder: string): Promise<boolean> {
  for (const name of namesHere(path.toString())) {
    const here = join(folder, name);
    const found = await lstat(here).catch(() => undefined);
    if (found === undefined) continue;
    if (type === "d" && found.isDirectory()) return true;
    if (type === "l" && found.isSymbolicLink()) return await leadsWithin(folder, here);
    if (type !== "f" || !found.isFile() || found.size !== sizeBytes) continue;
    if (sha256 === undefined || sha256 === (await sha256Of(here))) return true;
  }
  return false;
}

/** A file that is called like one of minirack's own is found under another name. */
function namesHere(path: string): string[] {
  const [first = "", ...rest] = path.split("/");
  const isOurs = /^(metadata\.json|execution\.log)$/i.test(first.normalize("NFKC"));
  const dot = first.lastIndexOf(".");
  const others = [1, 2, 3].map((count) => `${first.slice(0, dot)}${".own".repeat(count)}${first.slice(dot)}`);
  return [first, ...(isOurs ? others : [])].map((name) => [name, ...rest].join("/"));
}

async function leadsWithin(folder: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => "");
  return (await readlink(link)) !== "" && (target === folder || target.startsWith(`${folder}/`));
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
