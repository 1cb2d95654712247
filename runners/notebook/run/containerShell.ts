import { run } from "../../../provider/shell/command.ts";
import type { RunShell } from "../../runs/onNode/runShell.ts";
import type { NodeRun } from "./nodeRun.ts";

/** A run in a container of Docker's. */
export function containerShell({ container }: NodeRun): RunShell {
  const docker = (...words: string[]) => run("docker", ...words, container);
  return {
    follow: (since) =>
      `exec ${docker("logs", "--follow", "--timestamps", ...(since === undefined ? [] : ["--since", since]))} 2>&1\n`,
    logs: (lastLines) =>
      `${docker("logs", ...(lastLines === undefined ? [] : ["--tail", String(lastLines)]))} 2>&1\n`,
    stop: () => `${docker("stop", "--time", "20")} > /dev/null\n`,
    state: () => `${docker("inspect", "--format", "{{json .State}}")} 2> /dev/null || echo null\n`,
    remove: () => `${docker("rm", "--force", "--volumes")} > /dev/null 2>&1 || true\n`,
  };
}
