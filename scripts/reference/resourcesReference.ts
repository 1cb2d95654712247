import { type PackageSchema, packageSchema } from "../../provider/schema/packageSchema.ts";
import type { NamedType } from "../../provider/schema/pulumiTypes.ts";
import { settings, settingToken } from "../../provider/settings/index.ts";
import { code, markdownTable, sentence } from "./markdownTable.ts";
import { outputTable, type Properties, propertyTable, typeWords } from "./propertyTables.ts";

const start = `# Resources: every property

Made by \`npm run schema\` from the rules by which the provider checks; Pulumi's package schema (\`provider/schema.json\`) says the
same. How programs use them, in any language: the manual's [languages.md](../manual/languages.md).

"Left out" is what counts where a property is not given. A property that is **secret** is kept as ciphertext, whether the program marks it so or not.
`;

/** Inputs of every setting's resource, besides its entries. */
const common = ["node", "connection", "purpose", "firstContact"];

/** The text of `docs/reference/resources.md`. */
export function resourcesReference(): string {
  const schema = packageSchema();
  const ofSettings = settings.map(({ key }) => settingToken(key));
  const others = Object.keys(schema.resources).filter((token) => !ofSettings.includes(token));
  return [
    start,
    ...others.map((token) => resourceSection(schema, token)),
    settingsSection(schema),
    "## Types\n\nObjects and words that the tables above name.\n",
    ...Object.entries(schema.types).map(([token, type]) => typeSection(token, type)),
    `## Configuration\n\n${outputTable(schema.config.variables)}\n`,
  ].join("\n");
}

function resourceSection({ resources }: PackageSchema, token: string): string {
  const { description = "", inputProperties = {}, requiredInputs = [] } = resources[token] ?? {};
  const inputs = propertyTable(inputProperties, requiredInputs);
  return `## ${token}\n\n${sentence(description)}\n\n${inputs}\n${outputsOf({ resources }, token)}`;
}

/** A resource's outputs that are no inputs. */
function outputsOf({ resources }: Pick<PackageSchema, "resources">, token: string): string {
  const { inputProperties = {}, properties = {} } = resources[token] ?? {};
  const computed = Object.entries(properties).filter(([name]) => !(name in inputProperties));
  if (computed.length === 0) return "";
  return `\nOutputs of ${code(token)}:\n\n${outputTable(Object.fromEntries(computed))}\n`;
}

function settingsSection(schema: PackageSchema): string {
  const { inputProperties = {}, requiredInputs = [] } = schema.resources[settingToken("packages")] ?? {};
  const shared: Properties = Object.fromEntries(
    Object.entries(inputProperties).filter(([name]) => common.includes(name)),
  );
  const rows = settings.map(({ key, description }) => {
    const token = settingToken(key);
    const type = schema.resources[token]?.inputProperties[key];
    return [code(token), code(key), type === undefined ? "" : typeWords(type), description];
  });
  return `## Settings of a node

Each has these inputs:

${propertyTable(shared, requiredInputs)}

and its entries, under its own name:

${markdownTable(["resource", "property", "type", "what it says"], rows)}
${settings.map(({ key }) => outputsOf(schema, settingToken(key))).join("")}`;
}

function typeSection(token: string, { properties, required = [], enum: words = [] }: NamedType): string {
  const choice = `${words.map(({ value }) => code(value)).join(" or ")}.`;
  return `### ${token.split(":").at(-1)}\n\n${properties ? propertyTable(properties, required) : choice}\n`;
}
