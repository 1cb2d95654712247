import { z } from "zod";
import type { TestCluster } from "../../support/testCluster.ts";

const preview = z.object({
  steps: z.array(
    z.object({
      op: z.string(),
      urn: z.string(),
      detailedDiff: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
});

/** What `pulumi preview --json` would do: resource → operation, without those that stay the same. */
export async function previewed(cluster: TestCluster): Promise<Record<string, string>> {
  const steps = await previewSteps(cluster);
  return Object.fromEntries(steps.map(({ urn, op }) => [nameOf(urn), op]));
}

/** As `previewed`, with the properties that differ. */
export async function previewedDiffs(cluster: TestCluster): Promise<Record<string, string[]>> {
  const steps = await previewSteps(cluster);
  return Object.fromEntries(
    steps.map(({ urn, detailedDiff }) => [nameOf(urn), Object.keys(detailedDiff ?? {}).sort()]),
  );
}

async function previewSteps({ prepared, stack, configFile }: TestCluster) {
  const args = ["preview", "--json", "--stack", stack, "--config-file", configFile];
  const { stdout } = await prepared.pulumi(args, { stdin: "ignore" });
  return preview.parse(JSON.parse(stdout)).steps.filter(({ op }) => op !== "same");
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
