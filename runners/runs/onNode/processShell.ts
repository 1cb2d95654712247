import { run } from "../../../provider/shell/command.ts";
import { boundedRead } from "./boundedRead.ts";
import type { RunShell } from "./runShell.ts";

/**
 * A run that is a process group of its own (`startProcess`): in its folder its number is in `pid`, its lines in `log`, and its exit code in `exit`
 * when it has ended. A process of that number that is not the run's is told by the time it started, which is in `started`.
 */
export function processShell(folder: string): RunShell {
  const at = (name: string) => run(`${folder}/${name}`);
  const alive = `[ -s ${at("started")} ] && [ "$(ps -o lstart= -p "$(cat ${at("pid")})")" = "$(cat ${at("started")})" ]`;
  const isPlain = (name: string) => `[ -f ${at(name)} ] && [ ! -L ${at(name)} ]`;
  const signal = (name: string) => `kill -s ${name} -- "-$(cat ${at("pid")})"`;
  return {
    follow: (since = "0") =>
      `exec tail --lines=+$((${since} + 1)) --follow --sleep-interval=0.2 --pid="$(cat ${at("pid")})" ${at("log")}\n`,
    logs: (lastLines) =>
      `if ${isPlain("log")}; then ${lastLines === undefined ? "cat" : `tail --lines=${lastLines}`} ${at("log")}; fi\n`,
    stop: () =>
      [
        `if ${alive}; then`,
        `  ${signal("TERM")}`,
        `  timeout 20 tail --follow /dev/null --pid="$(cat ${at("pid")})" || ${signal("KILL")}`,
        "fi",
        "",
      ].join("\n"),
    state: () =>
      [
        `if ${alive} 2> /dev/null; then running=true; else running=false; fi`,
        `code=$(${boundedRead(folder, "exit")} | head -c 16)`,
        `at=$(date -u -r ${at("exit")} +%Y-%m-%dT%H:%M:%SZ 2> /dev/null || true)`,
        `printf '{"Running":%s,"OOMKilled":false,"ExitCode":%s,"FinishedAt":"%s"}\\n' "$running" "\${code:-137}" "$at"`,
        "",
      ].join("\n"),
    remove: () => `if ${alive} 2> /dev/null; then ${signal("KILL")}; fi\n`,
  };
}
