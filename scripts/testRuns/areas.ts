/** What a test file is about, and how long its tests of `npm test` may take on 2 cores. */
export interface Area {
  name: string;
  budgetSeconds: number;
  /** How the paths of its files begin. */
  files: string[];
}

/** Every test file is of the first area that has the beginning of its path. CONTRIBUTING has the same budgets. */
export const areas: Area[] = [
  { name: "settings", budgetSeconds: 140, files: ["test/lab/settings/"] },
  { name: "field cases", budgetSeconds: 0, files: ["test/lab/field"] },
  {
    name: "stack",
    budgetSeconds: 240,
    files: ["cycle", "changes", "gettingStarted", "oddStack", "twoClusters"].map(inLab),
  },
  { name: "interruptions", budgetSeconds: 60, files: ["interrupted", "threeKills"].map(inLab) },
  { name: "faults", budgetSeconds: 50, files: [inLab("faults")] },
  { name: "operations", budgetSeconds: 100, files: [inLab("operations")] },
  { name: "state", budgetSeconds: 50, files: ["recovery", "upgrade", "yaml"].map(inLab) },
  { name: "notebook", budgetSeconds: 80, files: [inLab("notebook")] },
  { name: "random nodes", budgetSeconds: 50, files: [inLab("randomNodes")] },
  { name: "attacks", budgetSeconds: 0, files: [inLab("")] },
  { name: "virtual machine", budgetSeconds: 0, files: ["test/vm/"] },
  { name: "python", budgetSeconds: 40, files: ["test/runners/python"] },
  { name: "unit", budgetSeconds: 90, files: ["test/"] },
];

function inLab(name: string): string {
  return `test/lab/${name}`;
}

export function areaOf(file: string): Area {
  const found = areas.find(({ files }) => files.some((beginning) => file.startsWith(beginning)));
  if (found === undefined) throw new Error(`expected a test file under test/, got ${file}`);
  return found;
}
