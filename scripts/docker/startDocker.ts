import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { dockerAnswers } from "./dockerAnswers.ts";
import type { Say } from "./prepareDocker.ts";

const logFile = "/var/log/minirack-dockerd.log";
const limitSeconds = 90;

/**
 * Starts the installed engine and waits until it answers: by systemd where that is PID 1, else as a process of its own
 * that outlives us.
 * @throws Error with the engine's last lines when it does not answer
 */
export async function startDocker(say: Say): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      "Docker: the engine is installed but does not answer. Start it: sudo systemctl start docker",
    );
  }
  const isSystemd = existsSync("/run/systemd/system");
  say(isSystemd ? "Docker: starting docker.service" : `Docker: starting dockerd (log: ${logFile})`);
  const engine = isSystemd ? undefined : spawnEngine();
  if (isSystemd) await execa("systemctl", ["start", "docker"]);
  const deadline = Date.now() + limitSeconds * 1000;
  while (!(await dockerAnswers())) {
    if (engine?.hasEnded() || Date.now() > deadline) throw new Error(await noAnswer(isSystemd));
    await pause(200);
  }
}

/** dockerd writes /var/run/docker.pid itself. */
function spawnEngine(): { hasEnded: () => boolean } {
  const log = openSync(logFile, "a", 0o600);
  const engine = spawn("dockerd", [], { cwd: "/", detached: true, stdio: ["ignore", log, log] });
  let ended = false;
  engine.on("error", () => {
    ended = true;
  });
  engine.on("exit", () => {
    ended = true;
  });
  engine.unref();
  return { hasEnded: () => ended };
}

async function noAnswer(isSystemd: boolean): Promise<string> {
  const start = `Docker: expected the engine to answer within ${limitSeconds} s, it did not.`;
  if (isSystemd) return `${start} See: journalctl -u docker`;
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trimEnd().split("\n");
  return `${start} Last lines of ${logFile}:\n${lines.slice(-8).join("\n")}`;
}
