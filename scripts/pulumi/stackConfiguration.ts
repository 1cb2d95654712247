import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { PreparedPulumi } from "./prepare.ts";

const configurationFile = z.object({ config: z.record(z.string(), z.json()).default({}) });
const shown = z.record(z.string(), z.object({ value: z.string().optional() }));
const prefix = "minirack:";

/**
 * A stack's configuration under `minirack:`, read from its file: a lost state takes the stack along, but not this. Pulumi is
 * asked only where the file holds ciphertext.
 * @throws Error when there is no such file, or Pulumi cannot decrypt it
 */
export async function stackConfiguration(
  prepared: PreparedPulumi,
  stack: string,
  configFile: string,
): Promise<ReadonlyMap<string, string>> {
  const { config } = configurationFile.parse(parse(textOf(configFile, stack)));
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const isPlain = own.every(([, value]) => typeof value === "string");
  const values: [string, string][] = isPlain
    ? own.map(([key, value]) => [key, String(value)])
    : await decrypted(prepared, stack, configFile);
  return new Map(values.map(([key, value]) => [key.slice(prefix.length), value]));
}

function textOf(configFile: string, stack: string): string {
  if (existsSync(configFile)) return readFileSync(configFile, "utf8");
  throw new Error(
    `stack ${stack}: expected its configuration ${configFile}, got no such file; correct --stack, or make the stack: ` +
      `npx pulumi stack init ${stack} && npx pulumi config set minirack:clusterFile FILE --stack ${stack}`,
  );
}

async function decrypted(
  { pulumi }: PreparedPulumi,
  stack: string,
  configFile: string,
): Promise<[string, string][]> {
  const args = ["config", "--show-secrets", "--json", "--stack", stack, "--config-file", configFile];
  const { stdout, stderr, failed } = await pulumi(args, { reject: false });
  if (failed) {
    throw new Error(
      `stack ${stack}: expected to read the secrets in ${configFile}, got: ${stderr.trim()}\n` +
        `make the stack again with its old passphrase (pulumi stack init ${stack}), then run this again`,
    );
  }
  const values = Object.entries(shown.parse(JSON.parse(stdout)));
  return values
    .filter(([key]) => key.startsWith(prefix))
    .flatMap(([key, { value }]): [string, string][] => (value === undefined ? [] : [[key, value]]));
}
