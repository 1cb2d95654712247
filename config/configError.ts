/** Something in a cluster file that is not as it must be. */
export interface ConfigProblem {
  line: number;
  column: number;
  /** Path in the file: `nodes[0].port`. */
  path: string;
  /** What was expected, what was found, what to do. */
  text: string;
}

/** Every problem of one file, a line each: `file:line:column path: text`. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      ({ line, column, path, text }) => `${file}:${line}:${column} ${path}: ${text}`,
    );
    super(lines.join("\n"));
    this.problems = problems;
  }
}
