/** What is wrong, by the path of the value. */
export interface Problem {
  path: PropertyKey[];
  /** `expected …, got …; remedy`. */
  text: string;
  /** Whether it is the key that is wrong, not what stands under it. */
  isKey?: boolean;
}

/** Something in a cluster file that is not as it must be, with its place. */
export interface ConfigProblem {
  line: number;
  column: number;
  /** Path in the file: `nodes[0].port`. */
  path: string;
  /** What was expected, what was found, what to do: `expected …, got …; remedy`. */
  text: string;
}

/** Every problem of one file in the order of its lines: `file:line:column path: expected …, got …; remedy`. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    const sorted = [...problems].sort((one, other) => one.line - other.line || one.column - other.column);
    const lines = sorted.map(({ line, column, path, text }) => `${file}:${line}:${column} ${path}: ${text}`);
    super(lines.join("\n"));
    this.problems = sorted;
  }
}

/** `nodes[0].port`. */
export function pathText(path: PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${oneLine(String(key))}`));
  return parts.join("").replace(/^\./, "") || "(file)";
}

/** A key may hold any sign; a problem is one line. */
function oneLine(key: string): string {
  const quoted = JSON.stringify(key);
  return quoted.slice(1, -1) === key && key !== "" ? key : quoted;
}
