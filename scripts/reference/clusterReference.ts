import { features } from "../../config/features/index.ts";
import { clusterJsonSchema } from "../../config/jsonSchema.ts";
import { type JsonSchema, jsonSchema } from "../../provider/schema/jsonSchema.ts";
import { keyTable, shapesOf } from "./keyRows.ts";
import { code, markdownTable, sentence } from "./markdownTable.ts";
import { typeText } from "./typeText.ts";

type Parts = Record<string, JsonSchema>;

const start = `# Cluster file: every key

Made by \`npm run schema\` from the rules in \`config/\`; the same rules say what is wrong with a file. How it is used, with
examples: the [manual](../manual/README.md). A file with all of it: [examples/everything.yaml](../../examples/everything.yaml).

A key that is not here is refused. "Left out" is what counts where a key is not given. A map goes from names of your own to what
stands here; \`NAME\` in a key is one of them.
`;

const wantedStart = `## What is to be true

Each of these stands above \`nodes\`, for all, or in a node, for it alone. A node adds entries of its own, and its own counts where
both name the same one; [more on that](../manual/cluster.md#for-all-nodes-for-one-not-for-this-one).
`;

const secrets = `## Secrets

A secret is never written into the file. It is one of

| written | what it is |
| --- | --- |
| \`{ file: PATH }\` | the first line of a file; the path starts at the cluster file's folder |
| \`{ config: NAME }\` | what \`npx pulumi config set --secret minirack:NAME\` was given |
`;

/** The text of `docs/reference/cluster-file.md`. */
export function clusterReference(): string {
  const file = jsonSchema.parse(clusterJsonSchema());
  const { nodes = {}, ...properties } = file.properties ?? {};
  const ofNodes: string[] = features.map(({ key }) => key);
  const ofFile = pick(properties, (key) => !ofNodes.includes(key));
  const wanted = pick(properties, (key) => ofNodes.includes(key));
  return [
    start,
    topSection(ofFile, file),
    nodesSection(nodes, Object.keys(properties)),
    ...sections("##", ofFile),
    `${wantedStart}\n${wantedTable(wanted)}\n`,
    ...sections("###", wanted),
    secrets,
  ].join("\n");
}

function pick(properties: Parts, isOne: (key: string) => boolean): Parts {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => isOne(key)));
}

const hasKeys = (part: JsonSchema) => shapesOf(part).length > 0;

const linked = (key: string) => `[${code(key)}](#${key.toLowerCase()})`;

function topSection(ofFile: Parts, { required }: JsonSchema): string {
  const properties = pick(ofFile, (key) => !hasKeys(ofFile[key] ?? {}));
  const others = ["nodes", ...Object.keys(ofFile).filter((key) => !(key in properties))].map(linked);
  const rest = `Besides these: ${others.join(", ")}, and [what is to be true](#what-is-to-be-true).`;
  return `## The file\n\n${keyTable({ properties, required })}\n\n${rest}\n`;
}

/** A node's keys; those that stand above as well are told there. */
function nodesSection({ description = "", items = {} }: JsonSchema, above: string[]): string {
  const own = pick(items.properties ?? {}, (key) => key === "user" || !above.includes(key));
  const { without } = own;
  const keys = { ...own, without: { ...without, items: { type: "string" as const } } }; // their list is below
  const table = keyTable({ ...items, properties: keys });
  const rest = `Besides these: ${linked("hooks")}, and [what is to be true](#what-is-to-be-true).`;
  return `## nodes\n\n${sentence(description)} A list; each has\n\n${table}\n\n${rest}\n`;
}

function wantedTable(properties: Parts): string {
  const rows = Object.entries(properties).map(([key, part]) => [
    hasKeys(part) ? linked(key) : code(key),
    typeText(key, part),
    part.description ?? "",
  ]);
  return markdownTable(["key", "what may be written", "what it says"], rows);
}

/** A section for each key that has keys. */
function sections(level: string, properties: Parts): string[] {
  return Object.entries(properties)
    .filter(([, part]) => hasKeys(part))
    .map(([key, part]) => {
      const shapes = shapesOf(part);
      const tables = shapes.map((shape) => {
        const choice = shapes.length > 1 ? `With ${code(shape.required?.[0] ?? "")}:\n\n` : "";
        return `${choice}${keyTable(shape)}\n`;
      });
      const entries = part.additionalProperties ? " Each entry:" : "";
      return [`${level} ${key}\n`, `${sentence(part.description ?? "")}${entries}\n`, ...tables].join("\n");
    });
}
