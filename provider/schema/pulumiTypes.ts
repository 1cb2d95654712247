import type { JsonSchema } from "./jsonSchema.ts";

/** A type in Pulumi's package schema. */
export interface TypeSpec {
  type?: "string" | "integer" | "number" | "boolean" | "object" | "array";
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}

/** A property in it. */
export interface PropertySpec extends TypeSpec {
  description: string;
  default?: string | number | boolean;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

/** A type with a name: an object, or one of some texts. */
export interface NamedType {
  type: "object" | "string";
  properties?: Record<string, PropertySpec>;
  required?: string[];
  enum?: { value: string }[];
}

/** All named types are in one module, apart from the resources', whose names they may share. */
const moduleOfTypes = "minirack:index";

/** The properties of an object, each with its description. */
export function propertySpecs(
  path: string,
  properties: Record<string, JsonSchema>,
): Record<string, PropertySpec> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [name, propertySpec(`${path}.${name}`, part)]),
  );
}

function propertySpec(path: string, part: JsonSchema): PropertySpec {
  const { description, default: value, secret, willReplaceOnChanges } = part;
  if (!description) throw new Error(`${path}: expected a description, got none; add .describe() to its rule`);
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return {
    ...typeSpec(path, part),
    description,
    ...(isPlain && { default: value }),
    ...(secret && { secret }),
    ...(willReplaceOnChanges && { willReplaceOnChanges }),
  };
}

/** A type; an object or an enum only by its name. */
function typeSpec(path: string, part: JsonSchema): TypeSpec {
  const { type, $ref, anyOf, items, additionalProperties } = part;
  if ($ref !== undefined) return { $ref: `#/types/${moduleOfTypes}:${$ref.replace("#/$defs/", "")}` };
  if (anyOf !== undefined) return oneOf(anyOf.map((one) => typeSpec(path, one)));
  if (part.properties !== undefined || part.enum !== undefined)
    throw new Error(
      `${path}: expected a name for this type, got none; add .meta({ id: "Name" }) to its rule`,
    );
  if (type === "object") return { type, additionalProperties: typeSpec(path, additionalProperties || {}) };
  if (type === "array") return { type, items: typeSpec(path, items ?? {}) };
  if (type !== undefined && type !== "null") return { type };
  throw new Error(`${path}: expected a rule that Pulumi has a type for, got ${JSON.stringify(part)}`);
}

/** A text among texts is a text: Pulumi has no choice between a pattern and a word. */
function oneOf(types: TypeSpec[]): TypeSpec {
  const distinct = [...new Map(types.map((one) => [JSON.stringify(one), one])).values()];
  const [only] = distinct;
  return only !== undefined && distinct.length === 1 ? only : { oneOf: distinct };
}

/** The types with a name that a rule uses, by their tokens. */
export function namedTypes(defs: Record<string, JsonSchema>): [token: string, NamedType][] {
  return Object.entries(defs).map(([name, part]) => [`${moduleOfTypes}:${name}`, namedType(name, part)]);
}

function namedType(name: string, part: JsonSchema): NamedType {
  const { properties, required = [] } = part;
  if (properties !== undefined) {
    const isAnyNeeded = required.length > 0;
    return { type: "object", properties: propertySpecs(name, properties), ...(isAnyNeeded && { required }) };
  }
  const values = part.enum ?? (typeof part.const === "string" ? [part.const] : undefined);
  if (values !== undefined) return { type: "string", enum: values.map((value) => ({ value })) };
  throw new Error(`${name}: expected an object or texts, got ${JSON.stringify(part)}; leave its name out`);
}
