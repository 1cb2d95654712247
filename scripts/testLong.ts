import { Argument, Command } from "commander";
import { execa } from "execa";
import { root } from "./lab/labStack.ts";
import { wholeNumber } from "./wholeNumber.ts";

/** Which tests each part runs. */
const tests = {
  unit: ["--project", "unit"],
  kills: ["--project", "long", "kills"],
  runs: ["--project", "long", "randomRuns"],
  nodes: ["--project", "long", "randomNodes"],
};
const parts = ["unit", "kills", "runs", "nodes"] as const;

const command = new Command("npm run test:long --")
  .description(
    "Unit tests from a new seed, kills at random moments on the lab's nodes, then random runs and random nodes until a hundred of each are green on one version of the code: what is done is written to docs/results/, and the next call goes on from there.",
  )
  .addArgument(new Argument("[parts...]", "which of them; all where none is named").choices(parts))
  .option("--minutes <n>", "how long random runs, and random nodes, may take each", wholeNumber(1))
  .addHelpText("after", "\nMINIRACK_TEST_SEED=N repeats unit tests and kills of an earlier call.")
  .parse();
const { minutes } = command.opts<{ minutes?: number }>();
const isAsked = (part: string) => command.args.length === 0 || command.args.includes(part);

const MINIRACK_TEST_SEED = process.env.MINIRACK_TEST_SEED ?? String(Math.floor(Math.random() * 1e9));
console.log(`MINIRACK_TEST_SEED=${MINIRACK_TEST_SEED}`);
const env = { MINIRACK_TEST_SEED, ...(minutes && { MINIRACK_TEST_MINUTES: String(minutes) }) };
for (const part of parts.filter(isAsked)) {
  const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...tests[part]], {
    ...{ cwd: root, env, reject: false },
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.exitCode ||= exitCode ?? 1;
}
