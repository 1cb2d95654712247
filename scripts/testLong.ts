import { Command } from "commander";
import { execa } from "execa";
import { root } from "./lab/labStack.ts";

new Command("npm run test:long")
  .description(
    "Unit tests from a new seed, then kills at random moments on the lab's nodes. MINIRACK_TEST_SEED=N repeats an earlier run.",
  )
  .parse();

const MINIRACK_TEST_SEED = process.env.MINIRACK_TEST_SEED ?? String(Math.floor(Math.random() * 1e9));
console.log(`MINIRACK_TEST_SEED=${MINIRACK_TEST_SEED}`);
const projects = ["--project", "unit", "--project", "long"];
const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...projects], {
  cwd: root,
  stdio: ["ignore", "inherit", "inherit"],
  env: { MINIRACK_TEST_SEED },
  reject: false,
});
process.exitCode = exitCode ?? 1;
