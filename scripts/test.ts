import { Command } from "commander";
import { execa } from "execa";
import { prepareDocker } from "./docker/prepareDocker.ts";
import { root } from "./lab/labStack.ts";
import { preparePulumi } from "./pulumi/prepare.ts";

const { all } = new Command("npm test")
  .description(
    "The unit tests, and a whole cycle of each area on the lab's nodes. Sorts out Docker and Pulumi first; npm run test:unit needs neither.",
  )
  .option("--all", "every test there is, as npm run test:all; the result is written to docs/results/")
  .addHelpText("after", "\nExample:\n  npm run test:unit -- test/config     the tests of one folder")
  .parse()
  .opts<{ all?: boolean }>();

const projects = ["unit", "python", "lab"].flatMap((name) => ["--project", name]);
const result = `docs/results/tests-${new Date().toISOString().slice(0, 10)}.json`;
const started = Date.now();
const say = (line: string) => console.log(`[${Math.round((Date.now() - started) / 1000)} s] ${line}`);

try {
  await Promise.all([preparePulumi({ root, say, yaml: true }), prepareDocker({ say })]);
  const which = all ? [] : ["--tags-filter", "!matrix"];
  const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...projects, ...which], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: all ? { MINIRACK_TEST_RESULT: result } : {},
    reject: false,
  });
  if (all) say(`written to ${result}`);
  process.exitCode = exitCode ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
