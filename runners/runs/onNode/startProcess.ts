import { run } from "../../../provider/shell/command.ts";
import { bootCommand } from "./boot.ts";

/**
 * sh that starts a command as a process group of its own, which goes on without us; `processShell` has the words for it from then on.
 *
 * @param folder the run's, which is there
 * @param command sh, run in that folder; ends with `exec`, so that a signal reaches what it starts
 */
export function startProcess(folder: string, command: string): string[] {
  // The shell outlives a signal to the group: it keeps the command's exit code.
  const whole = `trap : TERM; (${command}) >> log 2>&1; echo $? > exit.new; mv exit.new exit`;
  return [
    run("cd", folder),
    ": > log",
    `${bootCommand} > boot`,
    `setsid sh -c ${run(whole)} < /dev/null > /dev/null 2>&1 &`,
    'echo "$!" > pid',
    'ps -o lstart= -p "$!" > started || true', // it may be over already
  ];
}
