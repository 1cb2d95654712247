import ignore, { type Ignore } from "ignore";
import { readInside } from "./insideFile.ts";

/** Never sent: the history of git, and what macOS strews. */
const always = [".git", ".DS_Store"];

/** The rules of one folder, for paths below it. */
interface Layer {
  /** Relative to the top, with a `/` at the end; empty for the top itself. */
  prefix: string;
  rules: Ignore;
}

/**
 * Which paths of a folder stay at home, as git decides it: files of these names hold rules for their folder and what is
 * below, and the deepest that says something decides.
 * @param patterns rules that stand above all
 */
export function ignoreRules(names: readonly string[], patterns: readonly string[]): IgnoreRules {
  return new IgnoreRules(names, ignore().add([...always, ...patterns]), []);
}

/** The rules that hold in one folder of the tree. */
export class IgnoreRules {
  private readonly names: readonly string[];
  private readonly first: Ignore;
  private readonly layers: readonly Layer[];

  constructor(names: readonly string[], first: Ignore, layers: readonly Layer[]) {
    this.names = names;
    this.first = first;
    this.layers = layers;
  }

  /** With the rules of one more folder. @param prefix relative to the top, with a `/` at the end */
  within(top: string, prefix: string): IgnoreRules {
    const texts = this.names.flatMap((name) => textOf(top, `${prefix}${name}`) ?? []);
    if (texts.length === 0) return this;
    const layer = { prefix, rules: ignore().add(texts.join("\n")) };
    return new IgnoreRules(this.names, this.first, [layer, ...this.layers]);
  }

  /** @param path relative to the top; a folder's ends in `/` */
  ignores(path: string): boolean {
    const first = this.first.test(path);
    if (first.ignored || first.unignored) return first.ignored;
    for (const { prefix, rules } of this.layers) {
      const { ignored, unignored } = rules.test(path.slice(prefix.length));
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function textOf(top: string, path: string): string | undefined {
  try {
    return readInside(top, path).toString("utf8");
  } catch {
    return undefined; // most folders have none
  }
}
