import type { PropertySpec, TypeSpec } from "../../provider/schema/pulumiTypes.ts";
import { code, markdownTable } from "./markdownTable.ts";
import { unitOf } from "./typeText.ts";

/** Properties of a resource or a type, by their names. */
export type Properties = Record<string, PropertySpec>;

/** A table of what a program gives. */
export function propertyTable(properties: Properties, required: readonly string[]): string {
  const rows = Object.entries(properties).map(([name, property]) => [
    code(name),
    withUnit(name, property),
    required.includes(name)
      ? "**needed**"
      : property.default === undefined
        ? ""
        : code(String(property.default)),
    described(property),
  ]);
  return markdownTable(["property", "type", "left out", "what it says"], rows);
}

/** A table of what a program gets. */
export function outputTable(properties: Properties): string {
  const rows = Object.entries(properties).map(([name, property]) => [
    code(name),
    withUnit(name, property),
    described(property),
  ]);
  return markdownTable(["property", "type", "what it says"], rows);
}

function withUnit(name: string, property: PropertySpec): string {
  const unit = unitOf(name);
  return unit === undefined ? typeWords(property) : `${typeWords(property)}, in ${unit}`;
}

function described({ description, secret, willReplaceOnChanges }: PropertySpec): string {
  const notes = [
    ...(secret ? ["**secret**"] : []),
    ...(willReplaceOnChanges ? ["another value makes another resource"] : []),
  ];
  return [description, ...notes].join("; ");
}

/** A type, in words. */
export function typeWords({ type, $ref, items, additionalProperties, oneOf }: TypeSpec): string {
  const name = $ref?.split(":").at(-1);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (oneOf !== undefined) return oneOf.map(typeWords).join(" or ");
  if (additionalProperties !== undefined) return `map of ${typeWords(additionalProperties)}`;
  if (items !== undefined) return `list of ${typeWords(items)}`;
  return type ?? "";
}
