import { execa } from "execa";
import type { Base, PreparedPulumi } from "../../scripts/pulumi/prepare.ts";

/** What a command of Pulumi answers. */
export interface PulumiAnswer {
  stdout?: string;
  stderr?: string;
  exitCode?: number;
}

const script = 'printf %s "$STDOUT"; printf %s "$STDERR" >&2; exit "$EXIT_CODE"';

/** Pulumi as a program that answers as told, by its arguments joined with spaces. */
export function scriptedPulumi(
  answer: (command: string) => PulumiAnswer,
): PreparedPulumi & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    choice: { from: "offline", cli: "/x/pulumi" },
    root: "/x",
    stateDir: "/x/.minirack",
    isOwnBackend: true,
    env: {},
    pulumi: (args, options) => {
      const command = args.join(" ");
      asked.push(command);
      const { stdout = "", stderr = "", exitCode = 0 } = answer(command);
      const env = { STDOUT: stdout, STDERR: stderr, EXIT_CODE: String(exitCode) };
      const base: Base = { cwd: ".", env };
      return execa(base)("sh", ["-c", script], options);
    },
  };
}

/** The answer to `stack export`, with resources of a type and on a node. */
export function exportOf(...resources: { type: string; inputs: Record<string, unknown> }[]): PulumiAnswer {
  const all = resources.map(({ type, inputs }, index) => ({
    urn: `urn:pulumi:dev::minirack::${type}::resource${index}`,
    type,
    inputs,
  }));
  return { stdout: JSON.stringify({ version: 3, deployment: { resources: all } }) };
}
