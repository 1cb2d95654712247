import { closePool } from "../provider/transport/pool.ts";
import { chooseNodes } from "./nodes/chooseNodes.ts";
import { openStack } from "./nodes/stackNodes.ts";
import { runCommand } from "./runCommand.ts";
import { type ControlArguments, controlCommand } from "./services/controlCommand.ts";
import { controlUnit, type Verb, verbs } from "./services/controlUnit.ts";
import { type LogsArguments, logsCommand } from "./services/logsCommand.ts";
import { isWhole, type NodeUnits, nodeUnits } from "./services/nodeUnits.ts";
import { showLogs } from "./services/showLogs.ts";
import { type StatusArguments, statusCommand } from "./services/statusCommand.ts";
import { unitName } from "./services/unitName.ts";
import { unitTable } from "./services/unitTable.ts";

function show(all: NodeUnits[], json = false): void {
  if (json) console.log(JSON.stringify(all, null, 2));
  (json ? console.error : console.log)(unitTable(all));
  for (const { node, units, error } of all) {
    if (error !== undefined) console.error(error);
    else if (units.length === 0)
      console.error(`${node}: minirack manages no unit there; name one with --service`);
  }
  if (!isWhole(all)) process.exitCode = 1;
}

async function status({ nodes, service, stack, configFile, json }: StatusArguments): Promise<void> {
  show(await nodeUnits(await openStack(stack, configFile), nodes, service), json);
}

async function logs({
  node,
  service,
  follow = false,
  lines,
  stack,
  configFile,
}: LogsArguments): Promise<void> {
  const unit = unitName(service);
  const [chosen] = chooseNodes(await openStack(stack, configFile), [node]);
  if (chosen === undefined) return;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void closePool());
  process.stdout.on("error", () => void closePool()); // `| head` has read enough
  await showLogs(
    await chosen.target(),
    { unit, lines, follow },
    (line) => void process.stdout.write(`${line}\n`),
  );
}

async function control(
  verb: Verb,
  { node, service, stack, configFile, json }: ControlArguments,
): Promise<void> {
  const unit = unitName(service);
  const chosen = chooseNodes(await openStack(stack, configFile), [node]);
  const all = chosen.map(async ({ spec, target }): Promise<NodeUnits> => {
    try {
      const done = await controlUnit(await target(), verb, unit);
      return { node: spec.name, units: done === undefined ? [] : [done] };
    } catch (error) {
      return { node: spec.name, units: [], error: error instanceof Error ? error.message : String(error) };
    }
  });
  show(await Promise.all(all), json);
}

function commandOf(name: string) {
  if (name === "status") return statusCommand(status);
  if (name === "logs") return logsCommand(logs);
  const verb = verbs.find((one) => one === name);
  if (verb === undefined) throw new Error(`expected status, logs, ${verbs.join(", ")}, got ${name}`);
  return controlCommand(verb, (typed) => control(verb, typed));
}

const [name = "", ...words] = process.argv.slice(2);
await runCommand(commandOf(name), words);
