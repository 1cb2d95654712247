import { spawn } from "node:child_process";

/** What a program answered. */
export interface ShellOutput {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The prelude is for Linux nodes: GNU's sync, stat and base64. */
export const hasLinuxShell = process.platform === "linux";

/** Runs a script as a node would: a real `sh` that reads it from stdin. */
export function runShell(script: string, environment: NodeJS.ProcessEnv = process.env): Promise<ShellOutput> {
  return runProgram(["sh", "-s"], script, environment);
}

/** Runs a program with its stdin. A program that ends before it has read all of it is no error. */
export function runProgram(
  [program = "sh", ...args]: string[],
  stdin: string | Buffer,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ShellOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout: text(stdout), stderr: text(stderr) }));
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
  });
}

function text(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
