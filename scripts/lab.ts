import { Command } from "commander";
import { labDown } from "./lab/labDown.ts";
import { labReboot } from "./lab/labReboot.ts";
import { labSnapshot } from "./lab/labSnapshot.ts";
import { labSsh } from "./lab/labSsh.ts";
import { labStatus } from "./lab/labStatus.ts";
import { labUp } from "./lab/labUp.ts";
import { statusTable } from "./lab/statusTable.ts";
import { vmUp } from "./lab/vm/vmUp.ts";
import { wholeNumber } from "./wholeNumber.ts";

const say = (line: string) => console.error(line);
const examples = `
Examples:
  npm run lab -- up                    three nodes; \`npm start\` does it too
  npm run lab -- up --odd mini2        mini2 is a node that people have lived on
  npm run lab -- up --vm 1             vm1, a node with a kernel of its own
  npm run lab -- status
  npm run lab -- ssh mini1             look around as its first user; \`ssh mini1 sudo reboot\` boots it anew
  npm run lab -- --stack lab2 --config-file Pulumi.lab2.yaml up
  npm run lab -- down`;
const program = new Command("npm run lab --").description(
  "Nodes on the local Docker engine, or virtual machines by qemu.",
);
program.addHelpText("after", examples);
program
  .enablePositionalOptions() // what follows `ssh NODE` is the command's
  .option("--stack <name>", "Pulumi stack of the lab", "lab")
  .option("--config-file <path>", "the stack's configuration, if not Pulumi.STACK.yaml");
const given = () => program.opts<{ stack: string; configFile?: string }>();

program
  .command("up")
  .description("makes the nodes and waits until they have booted")
  .option("--nodes <count>", "how many, instead of the lab file's", wholeNumber(1, 99))
  .option("--odd <node>", "makes one a node that people have lived on: odd files, accounts, packages, rules")
  .option("--vm <count>", "virtual machines by qemu, vm1 and so on, instead of containers", wholeNumber(1, 9))
  .action(async ({ vm, ...options }: { nodes?: number; odd?: string; vm?: number }) => {
    await (vm === undefined
      ? labUp({ ...given(), ...options, say, output: "shown" })
      : vmUp({ ...given(), count: vm, say }));
    console.log(statusTable(await labStatus(given().stack)));
  });

program
  .command("down")
  .description("takes them away; images stay")
  .action(() => labDown({ ...given(), say, output: "shown" }));

program
  .command("status")
  .description("the nodes as they are now")
  .option("--json", "as JSON")
  .action(async ({ json }: { json?: boolean }) => {
    const nodes = await labStatus(given().stack);
    console.log(json ? JSON.stringify(nodes, null, 2) : statusTable(nodes));
  });

program
  .command("ssh <node> [command...]")
  .description("a session as the node's first user, past all that is provisioned")
  .passThroughOptions()
  .action(async (node: string, command: string[]) => {
    process.exitCode = await labSsh(node, command, given().stack);
  });

program
  .command("reboot <node>")
  .description("shuts a node down, boots it, waits")
  .action((node: string) => labReboot(node, given().stack));

program
  .command("snapshot <node>")
  .description("a canonical text of all that provisioning may touch")
  .action(async (node: string) => void process.stdout.write(await labSnapshot(node, given().stack)));

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
