import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { type Command, commandsOf } from "../support/docCommands.ts";
import { fencesOf, proseOf } from "../support/markdown.ts";
import { pages, root } from "../support/pages.ts";

const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const packageFile: { scripts: Record<string, string> } = JSON.parse(textOf("package.json"));
const blocks = pages.flatMap((page) =>
  fencesOf(textOf(page))
    .filter(({ language }) => language === "sh" || language === "console")
    .map((fence) => ({ ...fence, where: `${page}:${fence.line}` })),
);
const commands = blocks.flatMap(({ text, language, where }) =>
  commandsOf(language === "console" ? typedIn(text) : text).map((command) => ({ ...command, where })),
);

/** What a person types in a session with its answers. */
function typedIn(session: string): string {
  return session
    .split("\n")
    .flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []))
    .join("\n");
}

/** Commands of ours in a sentence. */
const inSentences = pages.flatMap((page) =>
  [...proseOf(textOf(page)).matchAll(/`((?:scripts\/[a-z-]+|npm run [a-z:-]+)(?: [^`]*)?)`/g)].flatMap(
    ([, text = ""]) => commandsOf(text).map((command) => ({ ...command, where: page })),
  ),
);

/** Commands of ours, which say their options themselves. */
const own = [...commands, ...inSentences].filter(({ name }) => /^(scripts\/|npm run )/.test(name));

async function helpOf(name: string): Promise<string> {
  if (!name.startsWith("npm run ")) {
    return (await execa(join(root, name), ["--help"], { all: true, reject: false })).all;
  }
  const script = packageFile.scripts[name.slice("npm run ".length)] ?? "";
  const [program, entry] = script.split(" ");
  if (program !== "tsx" || entry === undefined) return ""; // biome's, vitest's: no options of ours
  return (
    await execa("npx", ["--no-install", "tsx", entry, "--help"], { cwd: root, all: true, reject: false })
  ).all;
}

describe("the commands in the documentation", () => {
  const helps = new Map<string, string>();
  beforeAll(async () => {
    const names = [...new Set(own.filter(({ flags }) => flags.length > 0).map(({ name }) => name))];
    await Promise.all(names.map(async (name) => helps.set(name, await helpOf(name))));
  });

  const ofShell = blocks.filter(({ language }) => language === "sh");
  test.each(ofShell)("$where: the block is run by a test, or says why not", ({ text, marker = "" }) => {
    if (/^not run here: .{5,}/.test(marker)) return;
    const files = /^run by: (.+)$/.exec(marker)?.[1]?.split(", ");
    if (files === undefined)
      throw new Error("expected <!-- run by: FILE --> or <!-- not run here: WHY --> above it");
    const tests = files.map(textOf).join("\n");
    // A test may take its commands from a page.
    const typed =
      tests +
      pages
        .filter((one) => tests.includes(one))
        .map(textOf)
        .join("\n");
    for (const command of commandsOf(text)) expect(untested(command, typed), command.text).toEqual([]);
  });

  test.each(own)("$where: there is a $name", ({ name }) => {
    if (name.startsWith("npm run "))
      expect(packageFile.scripts).toHaveProperty([name.slice("npm run ".length)]);
    else expect(existsSync(join(root, name))).toBe(true);
  });

  test.each(own.filter(({ name, flags }) => flags.length > 0 && name !== "npm run stack"))(
    "$where: $text: its options are known",
    ({ name, flags }) => {
      const help = helps.get(name) ?? "";
      for (const flag of flags) expect(help).toMatch(new RegExp(`(^|[\\s,])${flag}\\b`, "m"));
    },
  );
});

/** Words of a command that the tests do not have; `--stack` and values are a test's own. */
function untested({ name, words, flags }: Command, tests: string): string[] {
  const essential = [name.replace(/^(npm run|npx) /, ""), ...words, ...flags];
  return essential.filter((word) => word !== "--stack" && !tests.includes(word));
}
