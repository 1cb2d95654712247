import type { BenchTool } from "../benchTool.ts";
import { cases } from "../figures.ts";

const reason =
  "skipped: its plugin pulumi-resource-command comes from Pulumi's own downloads, which no package registry has";

/** Plain `@pulumi/command` has a name here and no runner: it could never be tried where the project is made. */
export function pulumiCommand(): BenchTool {
  return {
    name: "pulumiCommand",
    lacks: Object.fromEntries(cases.map((one) => [one, reason])),
    prepare: async () => {},
    apply: async () => {
      throw new Error(reason);
    },
    hasReportedDrift: () => false,
    forget: async () => {},
  };
}
