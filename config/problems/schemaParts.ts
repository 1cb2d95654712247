import { z } from "zod";

/** As much of JSON Schema as problems are told by. */
export interface SchemaPart {
  description?: string | undefined;
  type?: string | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  properties?: Record<string, SchemaPart> | undefined;
  additionalProperties?: SchemaPart | boolean | undefined;
  items?: SchemaPart | undefined;
  anyOf?: SchemaPart[] | undefined;
}

export const schemaPart: z.ZodType<SchemaPart> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), schemaPart).optional(),
    additionalProperties: z.union([z.boolean(), schemaPart]).optional(),
    items: schemaPart.optional(),
    anyOf: z.array(schemaPart).optional(),
  }),
);

/** What a rule says of the values that a person writes. */
export function schemaOf(rule: z.ZodType): SchemaPart {
  return schemaPart.parse(z.toJSONSchema(rule, { io: "input", unrepresentable: "any" }));
}

/** What may stand at a path: one part, or one for each form that it may have. */
export function partsAt(schema: SchemaPart, path: readonly PropertyKey[]): SchemaPart[] {
  const [step, ...rest] = path;
  const forms = formsOf(schema);
  if (step === undefined) return forms;
  return forms.flatMap((form) => below(form, step)).flatMap((part) => partsAt(part, rest));
}

/** Every key that is named at a path. */
export function keysAt(schema: SchemaPart, path: readonly PropertyKey[]): string[] {
  return [...new Set(partsAt(schema, path).flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** What is said of the value at a path; empty where nothing is. */
export function descriptionAt(schema: SchemaPart, path: readonly PropertyKey[]): string {
  const described = partsAt(schema, path.slice(0, -1)).flatMap((part) => below(part, path.at(-1) ?? ""));
  return described.find(({ description }) => description)?.description ?? "";
}

function formsOf(part: SchemaPart): SchemaPart[] {
  return part.anyOf === undefined ? [part] : part.anyOf.flatMap(formsOf);
}

function below(
  { properties = {}, additionalProperties, items }: SchemaPart,
  step: PropertyKey,
): SchemaPart[] {
  const isKey = typeof step === "string";
  const found =
    isKey && Object.hasOwn(properties, step) ? properties[step] : isKey ? additionalProperties : items;
  return typeof found === "object" ? [found] : [];
}
