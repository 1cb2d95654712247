import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output.js";

/**
 * Base of all our resources. When one fails and Pulumi goes on with the others (PULUMI_CONTINUE_ON_ERROR), the SDK
 * rejects all its outputs: the program would end, which stops work on every other node, and what depends on the failed
 * one would not be registered, which the engine takes for a wish to delete it. So a failed resource keeps its URN and its
 * other outputs become unknown: the engine then sees its dependents and skips them. A recovered output does not say whose it
 * is, so whoever uses one names its resource in `dependsOn` too.
 */
export class Survivor extends pulumi.CustomResource {
  /** Whether it is there as it is wanted; unknown in a preview that would make it. */
  readonly isMade: pulumi.Output<boolean>;

  constructor(type: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super(type, name, inputs, options);
    const isMade = pulumi.recover(
      this.id.apply(() => true),
      () => false,
    );
    survive(this, pulumi.createUrn(name, type, options.parent));
    this.isMade = isMade;
  }
}

/** Does for a resource of another provider, right after it was made, what `Survivor` does for ours. */
export function survive(resource: pulumi.CustomResource, urn: pulumi.Output<string>): void {
  for (const [key, output] of Object.entries(resource)) {
    if (!pulumi.Output.isInstance(output)) continue;
    const recovered =
      key === "urn" ? pulumi.recover(output, () => urn) : pulumi.recover(output, () => unknown);
    Object.assign(resource, { [key]: recovered });
  }
}
