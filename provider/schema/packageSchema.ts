import { z } from "zod";
import type { ResourceRules } from "../resource.ts";
import { version } from "../version.ts";
import { jsonSchemaOf } from "./jsonSchema.ts";
import { type NamedType, namedTypes, type PropertySpec, propertySpecs } from "./pulumiTypes.ts";
import { resourceRules } from "./resourceRules.ts";

/** The package's version: what the provider says of itself, and what SDKs made from the schema have. */

interface ResourceSpec {
  description: string;
  inputProperties: Record<string, PropertySpec>;
  requiredInputs: string[];
  properties: Record<string, PropertySpec>;
  required: string[];
}

/** Pulumi's package schema, as far as this package uses it. */
export interface PackageSchema {
  name: string;
  displayName: string;
  version: string;
  description: string;
  license: string;
  config: { variables: Record<string, PropertySpec> };
  provider: Pick<ResourceSpec, "description" | "inputProperties">;
  types: Record<string, NamedType>;
  resources: Record<string, ResourceSpec>;
}

const configuration = z.object({
  clusterFile: z
    .string()
    .optional()
    .describe("path of the cluster file; only `pulumi import` needs it, to find what an id stands for"),
});

/** The resources as programs in other languages know them, made from the rules by which the provider checks them. */
export function packageSchema(): PackageSchema {
  const variables = propertySpecs("config", jsonSchemaOf(configuration).properties ?? {});
  const made = [...resourceRules].map(([token, rules]) => ({ token, ...resourceSpec(token, rules) }));
  return {
    name: "minirack",
    displayName: "minirack",
    version,
    description:
      "A shelf of Macs and Linux computers as one cluster: what is to be true on each node, over SSH.",
    license: "Apache-2.0",
    config: { variables },
    provider: { description: "How programs configure minirack.", inputProperties: variables },
    types: Object.fromEntries(made.flatMap(({ types }) => types)),
    resources: Object.fromEntries(made.map(({ token, resource }) => [token, resource])),
  };
}

function resourceSpec(token: string, { description, inputs, outputs }: ResourceRules) {
  const [given, computed] = [jsonSchemaOf(inputs), jsonSchemaOf(outputs)];
  const inputProperties = propertySpecs(token, given.properties ?? {});
  const requiredInputs = given.required ?? [];
  const resource: ResourceSpec = {
    description,
    inputProperties,
    requiredInputs,
    properties: { ...inputProperties, ...propertySpecs(token, computed.properties ?? {}) },
    required: [...requiredInputs, ...(computed.required ?? [])],
  };
  return { resource, types: namedTypes({ ...given.$defs, ...computed.$defs }) };
}

/** The text of `provider/schema.json`. */
export function packageSchemaText(): string {
  return `${JSON.stringify(packageSchema(), null, 2)}\n`;
}
