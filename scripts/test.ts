import { Command } from "commander";
import { execa } from "execa";
import { prepareDocker } from "./docker/prepareDocker.ts";
import { root } from "./lab/labStack.ts";
import { preparePulumi } from "./pulumi/prepare.ts";

new Command("npm test")
  .description(
    "Every test, the lab's too. Sorts out Docker and Pulumi first; npm run test:unit needs neither.",
  )
  .addHelpText("after", "\nExample:\n  npm run test:unit -- test/config     the tests of one folder")
  .parse();

const projects = ["unit", "python", "lab"].flatMap((name) => ["--project", name]);
const started = Date.now();
const say = (line: string) => console.log(`[${Math.round((Date.now() - started) / 1000)} s] ${line}`);

try {
  await Promise.all([preparePulumi({ root, say, yaml: true }), prepareDocker({ say })]);
  const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...projects], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
