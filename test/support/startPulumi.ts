import type { TestCluster } from "./testCluster.ts";

/** A pulumi that runs. */
export interface StartedPulumi {
  pid: number;
  ended: Promise<{ output: string; exitCode: number | undefined }>;
  /** Resolves once it has printed what matches, or has ended. */
  said(pattern: RegExp): Promise<void>;
}

/** Runs pulumi on a test cluster's stack as a process that may fail, or be killed. */
export function startPulumi(
  { prepared, stack, configFile }: Pick<TestCluster, "prepared" | "stack" | "configFile">,
  args: string[],
  env: Record<string, string> = {},
): StartedPulumi {
  const all = [...args, "--stack", stack, "--config-file", configFile, "--color", "never"];
  const child = prepared.pulumi(all, { stdin: "ignore", all: true, reject: false, env });
  if (child.pid === undefined) throw new Error("expected pulumi to start");
  const ended = child.then((result) => ({ output: result.all, exitCode: result.exitCode }));
  const said = async (pattern: RegExp) => {
    let output = "";
    for await (const line of child.iterable({ from: "all" })) {
      output += `${line}\n`;
      if (pattern.test(output)) return;
    }
  };
  return { pid: child.pid, ended, said };
}
