import { dirname } from "node:path";
import { execa } from "execa";
import { z } from "zod";

/** The plugins of the program's packages, in the versions of package.json. */
const plugins = [
  { name: "command", version: "1.2.1" },
  { name: "docker", version: "5.2.0" },
];
const listing = z.array(z.object({ name: z.string(), version: z.string().optional() }));

/**
 * Sees to it that the official plugins are in the home of this CLI.
 * @returns why they are not, when they cannot be downloaded
 */
export async function officialPlugins(cli: string, say: (text: string) => void): Promise<string | undefined> {
  const env = { PATH: `${dirname(cli)}:${process.env.PATH}` };
  const listed = await execa(cli, ["plugin", "ls", "--json"], { env, reject: false, timeout: 60_000 });
  const have = listed.failed ? [] : listing.parse(JSON.parse(listed.stdout));
  for (const { name, version } of plugins) {
    if (have.some((plugin) => plugin.name === name && plugin.version === version)) continue;
    say(`downloads Pulumi's ${name} plugin ${version}`);
    const args = ["plugin", "install", "resource", name, version];
    const result = await execa(cli, args, { env, reject: false, timeout: 5 * 60_000 });
    if (result.failed) return `plugin ${name} ${version}: ${result.stderr.trim().split("\n").at(-1)}`;
  }
  return undefined;
}
