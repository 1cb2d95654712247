import { execa, type Options } from "execa";

/** Runs `docker` on this controller; resolves with its stdout. */
export async function docker(
  args: string[],
  options: Pick<Options, "input" | "timeout"> = {},
): Promise<string> {
  const { stdout } = await execa("docker", args, {
    stdin: options.input === undefined ? "ignore" : "pipe",
    ...options,
  });
  return String(stdout);
}

/** Whether `docker` succeeds at something. */
export async function dockerCan(args: string[]): Promise<boolean> {
  const { failed } = await execa("docker", args, { stdin: "ignore", reject: false });
  return !failed;
}
