import { resolve } from "node:path";
import { Command } from "commander";
import { initProject } from "./init/initProject.ts";
import { runCommand } from "./runCommand.ts";

function init(folder: string, { stack }: { stack: string }): void {
  const { made, left } = initProject(resolve(folder), stack);
  for (const name of made) console.log(`made  ${name}`);
  for (const name of left) console.log(`left  ${name}, which was there already`);
  const enter = folder === "." ? "" : `cd ${folder} && `;
  console.log(`\nSay in cluster.yaml which nodes there are, then:
  ${enter}eval "$(npx minirack env)"
  npx pulumi stack init ${stack}
  npx pulumi up --stack ${stack}`);
}

await runCommand(
  new Command("npx minirack init")
    .description("Makes a Pulumi project of a folder; what is there already is left as it is.")
    .argument("[folder]", "where", ".")
    .option("--stack <name>", "name of its stack", "shelf")
    .addHelpText("after", "\nExample:\n  npm install ./minirack-0.1.0.tgz && npx minirack init")
    .action(init),
);
