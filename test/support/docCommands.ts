/** A command as the documentation has it. */
export interface Command {
  text: string;
  /** `scripts/check`, `npm run lab`, `npx pulumi`, or the first word. */
  name: string;
  /** For `npx pulumi` and `npm run lab`: what it is to do. */
  words: string[];
  /** Its options, without values. */
  flags: string[];
}

/** The commands of a shell block: one for each line and part of a line. */
export function commandsOf(block: string): Command[] {
  const lines = block.split("\n").map((line) => line.replace(/(^|\s)#.*$/, ""));
  const texts = lines.flatMap((line) => line.split(/&&|;(?!;)/)).map((text) => text.trim());
  return texts.filter((text) => text !== "").map(commandOf);
}

function commandOf(text: string): Command {
  const inner = /\$\((.*)\)/.exec(text)?.[1] ?? text; // eval "$(npm run …)"
  const words = inner.split(/\s+/).filter((word) => !/^(--silent|--|[A-Z_]+=\S*)$/.test(word));
  const length = words[0] === "npm" && words[1] === "run" ? 3 : words[0] === "npx" ? 2 : 1;
  const name = words.slice(0, length).join(" ");
  const rest = words.slice(length);
  const isNamed = /^(npx pulumi|npm run (lab|stack))$/.test(name);
  const flags = rest.filter((word) => /^--?[a-z][a-z-]*$/.test(word));
  return { text, name, words: isNamed ? rest.slice(0, 1) : [], flags };
}
