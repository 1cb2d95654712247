import { z } from "zod";

/** As much of JSON Schema as is used of what zod makes of rules. */
export interface JsonSchema {
  type?: "string" | "integer" | "number" | "boolean" | "object" | "array" | "null" | undefined;
  description?: string | undefined;
  default?: z.core.util.JSONType | undefined;
  const?: z.core.util.JSONType | undefined;
  enum?: string[] | undefined;
  $ref?: string | undefined;
  anyOf?: JsonSchema[] | undefined;
  items?: JsonSchema | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: JsonSchema | false | undefined;
  minimum?: number | undefined;
  exclusiveMinimum?: number | undefined;
  maximum?: number | undefined;
  /** Our own word, by `.meta({ secret: true })`: a value that is secret wherever it comes from. */
  secret?: boolean | undefined;
  /** By `.meta({ willReplaceOnChanges: true })`: another value needs another resource. */
  willReplaceOnChanges?: boolean | undefined;
  /** Types with a name, by `.meta({ id })`. */
  $defs?: Record<string, JsonSchema> | undefined;
}

export const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.enum(["string", "integer", "number", "boolean", "object", "array", "null"]).optional(),
    description: z.string().optional(),
    default: z.json().optional(),
    const: z.json().optional(),
    enum: z.array(z.string()).optional(),
    $ref: z.string().optional(),
    anyOf: z.array(jsonSchema).optional(),
    items: jsonSchema.optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.literal(false), jsonSchema]).optional(),
    minimum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    maximum: z.number().optional(),
    secret: z.boolean().optional(),
    willReplaceOnChanges: z.boolean().optional(),
    $defs: z.record(z.string(), jsonSchema).optional(),
  }),
);

/** A rule as JSON Schema, as a program writes it: what has a default may be left out. */
export function jsonSchemaOf(rule: z.ZodType): JsonSchema {
  return jsonSchema.parse(z.toJSONSchema(rule, { io: "input" }));
}
