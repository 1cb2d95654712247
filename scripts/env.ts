import { Command } from "commander";
import { projectFolder } from "./project.ts";
import { exportLines } from "./pulumi/exportLines.ts";
import { preparePulumi } from "./pulumi/prepare.ts";

const options = new Command("npm run --silent env --")
  .description(
    "Prints what plain `npx pulumi` needs to work on this clone's stacks; only what you have not set yourself. The first " +
      "time it sorts out Pulumi itself, too.",
  )
  .option("--json", "as one JSON object")
  .option("--yaml", "sees to it that programs in YAML run, too")
  .addHelpText("after", '\nExample:\n  eval "$(npm run --silent env)" && npx pulumi preview --stack dev')
  .parse()
  .opts<{ json?: boolean; yaml?: boolean }>();

try {
  const prepared = { root: projectFolder(), say: console.error, yaml: options.yaml };
  const { env } = await preparePulumi(prepared);
  process.stdout.write(options.json ? `${JSON.stringify(env, null, 2)}\n` : exportLines(env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
