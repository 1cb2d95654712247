import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestCluster } from "../../support/testCluster.ts";
import { type Places, withoutEngineProperties } from "./places.ts";

const loud = ["-v=9", "--logtostderr", "--logflow", "--color", "never"];

/** Runs pulumi on the cluster's stack as loud as it can be; all that it says is in the places then. May fail. */
export async function loudPulumi(
  { prepared, stack, configFile, lab }: TestCluster,
  places: Places,
  args: string[],
): Promise<{ exitCode: number | undefined; printed: string }> {
  const log = join(lab.folder, "pulumi.log");
  const named = ["--stack", stack, ...(args[0] === "stack" ? [] : ["--config-file", configFile])];
  const given = { stdin: "ignore", stderr: { file: log }, reject: false } as const;
  const { exitCode, stdout } = await prepared.pulumi([...args, ...named, ...loud], given);
  const isForPrograms = args[0] === "stack" || args.includes("--json");
  places.add(isForPrograms ? `pulumi ${args.join(" ")}` : "what Pulumi prints", stdout);
  places.add("verbose log", withoutEngineProperties(await readFile(log, "utf8")));
  return { exitCode, printed: stdout };
}
