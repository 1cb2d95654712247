import type * as pulumi from "@pulumi/pulumi";

/** What a node is called, and was. */
export interface NodeNames {
  name: string;
  /** Its name at the last `up`, where it was renamed since. */
  formerName?: string | undefined;
}

/**
 * Options of a resource that carries a node's name: under the former one it is the same resource, so that a renamed node is
 * updated and never made anew.
 * @param nameOf the resource's name for a node of that name
 */
export function formerlyNamed(
  { formerName }: NodeNames,
  nameOf: (nodeName: string) => string,
): Pick<pulumi.ResourceOptions, "aliases"> {
  return formerName === undefined ? {} : { aliases: [{ name: nameOf(formerName) }] };
}
