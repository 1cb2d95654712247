import { textTable } from "../textTable.ts";
import { areaOf, areas } from "./areas.ts";
import type { LastTimes, Tier } from "./testRun.ts";

/** Files that take less are told of together. */
const longSeconds = 5;

/** Each area with its budget, under it the test files that take long; seconds in `npm test` and in `npm run test:all`. */
export function timesTable(times: LastTimes): string {
  const files = [...new Set([...Object.keys(times.test ?? {}), ...Object.keys(times.all ?? {})])].sort();
  const secondsOf = (tier: Tier, file: string) => times[tier]?.[file]?.seconds;
  const sumOf = (tier: Tier, some: string[]) =>
    some.reduce((sum, file) => sum + (secondsOf(tier, file) ?? 0), 0);
  const row = (name: string, some: string[], budget = "") => [
    name,
    ...(["test", "all"] as const).map((tier) => sumOf(tier, some).toFixed(1)),
    budget,
  ];
  const rows = areas.flatMap((area) => {
    const own = files.filter((file) => areaOf(file) === area);
    const long = own.filter((file) => Math.max(sumOf("test", [file]), sumOf("all", [file])) >= longSeconds);
    return [row(area.name, own, String(area.budgetSeconds)), ...long.map((file) => row(`  ${file}`, [file]))];
  });
  const budget = areas.reduce((sum, { budgetSeconds }) => sum + budgetSeconds, 0);
  const heading = ["AREA, FILE", "NPM TEST (s)", "TEST:ALL (s)", "BUDGET (s)"];
  return textTable([heading, ...rows, row("all", files, String(budget))]);
}
