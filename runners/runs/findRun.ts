import { join } from "node:path";
import { nearestNames } from "../../config/nearestNames.ts";
import { brokenError } from "./expectMetadata.ts";
import { brokenRun, listRuns, type Run, readRun } from "./listRuns.ts";
import { expectRunName } from "./runName.ts";

/**
 * The newest finished run that did the same work, or undefined where there is none.
 * @throws Error where one does it now, at its node
 */
export async function findFinishedRun(results: string, key: string): Promise<Run | undefined> {
  const same = (await listRuns(results)).filter(({ metadata }) => metadata.key === key);
  const found = same.find(({ metadata }) => metadata.status === "finished");
  const going = same.find(({ metadata }) => metadata.status === "running" && metadata.remote !== undefined);
  if (found !== undefined || going === undefined) return found;
  const { name } = going;
  throw new Error(
    `run ${name}: expected no run of the same work under way, got this one; ` +
      `follow it (scripts/runs logs ${name} -f), bring home what it left (scripts/runs fetch ${name}), or add --force`,
  );
}

/**
 * The run with a name.
 * @throws Error with names that are like it
 */
export async function findRun(results: string, name: string): Promise<Run> {
  const run = await readRun(join(results, expectRunName(name)));
  if (run !== undefined) return run;
  const broken = await brokenRun(join(results, name));
  if (broken !== undefined) throw brokenError(name, broken.problem);
  const names = (await listRuns(results)).map((one) => one.name);
  throw new Error(`run ${name}: expected a run in results/, got none; ${remedy(name, names)}`);
}

function remedy(name: string, names: string[]): string {
  const near = nearestNames(name, names);
  return near.length > 0 ? `the nearest names are ${near.join(", ")}` : "scripts/runs lists those there are";
}
