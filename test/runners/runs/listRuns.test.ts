import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { findRun } from "../../../runners/runs/findRun.ts";
import { listBroken, listRuns } from "../../../runners/runs/listRuns.ts";
import { removeScript } from "../../../runners/runs/onNode/endScripts.ts";
import { processShell } from "../../../runners/runs/onNode/processShell.ts";
import { runTable } from "../../../scripts/keptRuns/runTable.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { sampleMetadata } from "./sampleRun.ts";

const odd: Record<string, object> = {
  injects: { remote: { node: "mini1", id: "x; touch /tmp/MARKER; #" } },
  climbs: { remote: { node: "mini1", id: "../../../home/rack/standin-0123abcd" } },
  elsewhere: { remote: { node: "mini1\n", id: "baseline-0123abcd" } },
  option: { stack: "--cwd=/" },
  named: { run: "../baseline" },
};

async function resultsWith(folders: Record<string, object>): Promise<string> {
  const results = temporaryFolder();
  for (const [name, change] of Object.entries(folders)) {
    mkdirSync(join(results, name));
    const text = JSON.stringify({ ...sampleMetadata(), ...change });
    writeFileSync(join(results, name, "metadata.json"), text);
  }
  return results;
}

test("a results folder that says what would be a path or a command is no run, and has a row that says so", async () => {
  const results = await resultsWith({ good: {}, ...odd });
  expect((await listRuns(results)).map(({ name }) => name)).toEqual(["good"]);
  const broken = await listBroken(results);
  expect(broken.map(({ name, problem }) => `${name}: ${problem}`).sort()).toEqual([
    'climbs: metadata.json: remote.id: expected what minirack writes there, got "../../../home/rack/standin-0123abcd"',
    'elsewhere: metadata.json: remote.node: expected what minirack writes there, got "mini1\\n"',
    'injects: metadata.json: remote.id: expected what minirack writes there, got "x; touch /tmp/MARKER; #"',
    'named: metadata.json: run: expected what minirack writes there, got "../baseline"',
    'option: metadata.json: stack: expected what minirack writes there, got "--cwd=/"',
  ]);
  expect(runTable([], broken.slice(0, 1)).split("\n")[1]).toMatch(/^\S+ +- +no run: see below/);
  expect((await failureOf(findRun(results, "injects"))).message).toBe(
    'run injects: metadata.json: remote.id: expected what minirack writes there, got "x; touch /tmp/MARKER; #"; bring back the file as it was, or take the folder out of results/',
  );
});

test("metadata that is a pipe, has no end, or is no JSON holds nobody up", async () => {
  const results = await resultsWith({ good: {} });
  for (const name of ["pipe", "endless", "text"]) mkdirSync(join(results, name));
  await execa("mkfifo", [join(results, "pipe/metadata.json")]);
  symlinkSync("/dev/zero", join(results, "endless/metadata.json"));
  writeFileSync(join(results, "text/metadata.json"), "none");
  expect((await listRuns(results)).map(({ name }) => name)).toEqual(["good"]);
  expect((await listBroken(results)).map(({ problem }) => problem)).toEqual(
    Array(3).fill("metadata.json: expected a file of JSON, got something else"),
  );
});

test.each(["..", "a/../b-0123abcd", "../x-0123abcd", "", "x-0123abcd\n"])(
  "%j is never removed from a node",
  (id) => {
    expect(() => removeScript("/srv/minirack/runs", id, processShell("/nowhere"))).toThrow(
      `run: expected an id such as baseline-0123abcd, got ${JSON.stringify(id)}`,
    );
  },
);
