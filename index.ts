import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("minirack");
const labFile = config.get("labFile");

/** A stack is either a cluster or a lab; each loads only what it needs. */
async function program(): Promise<Record<string, unknown>> {
  if (labFile !== undefined) return (await import("./lab/lab.ts")).lab(labFile);
  return (await import("./stacks/cluster.ts")).cluster(config.require("clusterFile"));
}

/**
 * Pulumi prints a RunError's text alone; another error at this place it would print for minutes (docs/decisions/0006).
 * All outputs are one export: a named one that a stack does not have would be warned about.
 */
export default await program().catch((error: unknown) => {
  throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
});
