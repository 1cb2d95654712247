import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { OpenNode } from "../../../../provider/transport/openNode.ts";
import { fetchResults } from "../../../../runners/notebook/run/fetchResults.ts";
import { type NodeRun, nodeRun } from "../../../../runners/notebook/run/nodeRun.ts";
import { startProcess } from "../../../../runners/runs/onNode/startProcess.ts";
import { localNode } from "../../../support/localNode.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

/** A run without a container that has ended on this computer, and its folder in `results/`. */
async function endedRun(fill: (output: string) => unknown) {
  const at = nodeRun(temporaryFolder(), "odd-0123abcd", true);
  mkdirSync(join(at.folder, "output/.minirack"), { recursive: true });
  const node = localNode(temporaryFolder());
  const begin = `set -eu\n${startProcess(at.folder, "exec echo said").join("\n")}\nwait\n`;
  await execa("sh", { input: begin, stdout: "ignore" });
  await fill(join(at.folder, "output"));
  const results = temporaryFolder();
  const folder = join(results, "odd");
  mkdirSync(folder);
  writeFileSync(join(folder, "metadata.json"), "ours");
  const open: OpenNode = {
    ...node,
    name: "mini1",
    forwardIn: () => Promise.reject(new Error("not asked for")),
  };
  const fetch = (mostBytes?: number) => fetchResults(open, at, folder, mostBytes);
  return { at, results, folder, fetch, text: (name: string) => readFileSync(join(folder, name), "utf8") };
}

const names = (folder: string) => readdirSync(folder).sort();
const said = (at: NodeRun) => readFileSync(join(at.folder, "log"), "utf8");

test("names of minirack's own files are the run's under another; nothing else is left beside", async () => {
  const { at, results, folder, fetch, text } = await endedRun((output) => {
    mkdirSync(join(output, ".incoming"));
    writeFileSync(join(output, ".incoming/file"), "1");
    writeFileSync(join(output, "metadata.json"), "2");
    writeFileSync(join(output, "METADATA.json"), "3");
    writeFileSync(join(output, "metadata.own.json"), "4");
    writeFileSync(join(output, ".minirack/outcome.json"), '{ "status": "finished" }');
  });
  expect(await fetch()).toMatchObject({ leftOut: [], outcome: { status: "finished" }, lastLines: ["said"] });
  expect([text("metadata.json"), text("metadata.own.json"), text(".incoming/file")]).toEqual([
    "ours",
    "4",
    "1",
  ]);
  expect([text("metadata.own.own.json"), text("METADATA.own.own.json")]).toEqual(["2", "3"]);
  expect(text("execution.log")).toBe(said(at));
  expect(names(results)).toEqual(["odd"]);
  expect(names(folder)).toHaveLength(6);
});

test("links lead to what has another name here as they did on the node", async () => {
  const { folder, fetch, text } = await endedRun((output) => {
    mkdirSync(join(output, "sub/deep"), { recursive: true });
    mkdirSync(join(output, "METADATA.json"));
    writeFileSync(join(output, "METADATA.json/inside"), "inside");
    writeFileSync(join(output, "metadata.json"), "the run's");
    symlinkSync("metadata.json", join(output, "beside"));
    symlinkSync("../../METADATA.json/inside", join(output, "sub/deep/below"));
    symlinkSync("beside", join(output, "execution.log"));
    symlinkSync("execution.log", join(output, "chain"));
  });
  expect(await fetch()).toMatchObject({ leftOut: [] });
  const links = ["beside", "sub/deep/below", "execution.own.log", "chain"];
  expect(links.map((link) => [readlinkSync(join(folder, link)), text(link)])).toEqual([
    ["metadata.own.json", "the run's"],
    ["../../METADATA.own.json/inside", "inside"],
    ["beside", "the run's"],
    ["execution.own.log", "the run's"],
  ]);
});

test("a log of the run's own is kept; something else by that name is not written through", async () => {
  const own = await endedRun((output) => writeFileSync(join(output, "execution.log"), "its own"));
  await own.fetch();
  expect(own.text("execution.log")).toBe("its own");
  const other = temporaryFolder();
  const link = await endedRun((output) => {
    symlinkSync(join(other, "escaped"), join(output, "execution.log"));
  });
  expect((await link.fetch()).leftOut).toEqual([
    { path: "execution.log", why: "a link that leads out of the output, or nowhere" },
  ]);
  expect([link.text("execution.log"), existsSync(join(other, "escaped"))]).toEqual(["said\n", false]);
});

test("a log that its node has kept no more than the end of is known to be cut, and by how much", async () => {
  const cutOf = async (bytes: number) => {
    const run = await endedRun((output) =>
      writeFileSync(
        join(output, ".minirack/outcome.json"),
        `{ "status": "finished", "printedBytes": ${bytes} }`,
      ),
    );
    return (await run.fetch()).logCutBytes;
  };
  expect(await cutOf(1_000_000_005)).toBe(1_000_000_000);
  expect(await cutOf(5)).toBeUndefined();
});

test("what a run has closed to itself comes; what cannot come is named", async () => {
  const { fetch, text } = await endedRun(async (output) => {
    mkdirSync(join(output, "closed"));
    writeFileSync(join(output, "closed/file"), "in it");
    linkSync(join(output, "closed/file"), join(output, "same"));
    chmodSync(join(output, "closed/file"), 0);
    chmodSync(join(output, "closed"), 0);
    await execa("mkfifo", [join(output, "pipe")]);
  });
  expect((await fetch()).leftOut).toEqual([{ path: "pipe", why: "a pipe" }]);
  expect([text("closed/file"), text("same")]).toEqual(["in it", "in it"]);
});

test("more than is allowed is refused before anything comes, and nothing is left behind", async () => {
  const { at, results, folder, fetch } = await endedRun((output) => {
    writeFileSync(join(output, "large"), Buffer.alloc(3 * 2 ** 20, "x"));
  });
  await expect(fetch(2 ** 20)).rejects.toThrow(
    /^results of odd-0123abcd: expected at most 1 MiB, got 3\S* MiB; scripts\/runs fetch brings them all, or remove some on the node in /,
  );
  expect([names(results), names(folder)]).toEqual([["odd"], ["metadata.json"]]);
  expect((await fetch()).leftOut).toEqual([]);
  expect(existsSync(join(at.folder, "output/large"))).toBe(true);
});
