import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Argument, Command } from "commander";
import { root } from "./lab/labStack.ts";
import { driftPicture } from "./pictures/driftPicture.ts";
import { howPicture } from "./pictures/howPicture.ts";
import { startPicture } from "./pictures/startPicture.ts";
import { runCommand } from "./runCommand.ts";

const pictures = { start: startPicture, drift: driftPicture, how: howPicture };
type Name = keyof typeof pictures;

const command = new Command("npm run picture --")
  .description(
    "Draws the pictures of the documentation anew, docs/NAME.svg: start and drift from a real npm start.",
  )
  .addArgument(new Argument("[names...]", "which; all unless given").choices(Object.keys(pictures)))
  .addHelpText("after", "\nExample:\n  npm run picture -- how")
  .option("--config-file <path>", "stack dev's configuration, for drift on other nodes than the lab's")
  .action(async (names: Name[], { configFile }: { configFile?: string }) => {
    for (const name of names.length > 0 ? names : (["start", "drift", "how"] as const)) {
      const file = join(root, "docs", `${name}.svg`);
      await writeFile(file, await pictures[name](configFile));
      console.log(file);
    }
  });

await runCommand(command);
