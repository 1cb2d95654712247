import { Command } from "commander";
import { execa } from "execa";
import { root } from "./lab/labStack.ts";

new Command("npm run test:vm")
  .description(
    "The tests on a virtual machine, a node with a kernel of its own: the dev stack's life, and power cuts. MINIRACK_TEST_SEED=N sets other moments.",
  )
  .parse();

const result = `docs/results/vm-${new Date().toISOString().slice(0, 10)}.json`;
const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", "--project", "vm"], {
  cwd: root,
  stdio: ["ignore", "inherit", "inherit"],
  env: { MINIRACK_TEST_RESULT: result },
  reject: false,
});
console.log(`written to ${result}`);
process.exitCode = exitCode ?? 1;
