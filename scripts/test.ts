import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { prepareDocker } from "./docker/prepareDocker.ts";
import { root } from "./lab/labStack.ts";
import { preparePulumi } from "./pulumi/prepare.ts";
import { notGreen, readResult } from "./testRuns/testRun.ts";

const { all, again } = new Command("npm test")
  .description(
    "The unit tests, and a whole cycle of each area on the lab's nodes. Sorts out Docker and Pulumi first; npm run test:unit needs neither.",
  )
  .option("--all", "every test there is, as npm run test:all; the result is written to docs/results/")
  .option(
    "--again",
    "with --all: only the files that failed in the newest result or are not in it; it is brought up to date. Without a result, all files",
  )
  .addHelpText(
    "after",
    "\nExamples:\n  npm run test:unit -- test/config     the tests of one folder\n  npm run test:all -- --again          what failed of the last test:all",
  )
  .parse()
  .opts<{ all?: boolean; again?: boolean }>();

const projects = ["unit", "python", "lab"].flatMap((name) => ["--project", name]);
const today = `tests-${new Date().toISOString().slice(0, 10)}.json`;
const last = all && again ? newestResult() : undefined;
const result = join("docs", "results", last ?? today);
const which = last ? notGreen(readResult(result), allTestFiles()) : all ? [] : ["--tags-filter", "!matrix"];
const started = Date.now();
const say = (line: string) => console.log(`[${Math.round((Date.now() - started) / 1000)} s] ${line}`);

if (which.length === 0 && last) console.log(`every file is green in ${result}`);
else await runTests();

async function runTests(): Promise<void> {
  try {
    await Promise.all([preparePulumi({ root, say, yaml: true }), prepareDocker({ say })]);
    const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...projects, ...which], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...(all && { MINIRACK_TEST_RESULT: result }), ...(last && { MINIRACK_TEST_AGAIN: "1" }) },
      reject: false,
    });
    if (all) say(`written to ${result}`);
    process.exitCode = exitCode ?? 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function newestResult(): string | undefined {
  const names = readdirSync(join(root, "docs", "results")).filter((name) => /^tests-.*\.json$/.test(name));
  return names.sort().at(-1);
}

/** Those of test:all: neither the long ones nor those of a virtual machine. */
function allTestFiles(): string[] {
  const paths = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" });
  return paths.filter((path) => /^(?!long\/|vm\/).*\.test\.ts$/.test(path)).map((path) => `test/${path}`);
}
