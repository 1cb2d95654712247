import { spawn } from "node:child_process";
import { finished } from "node:stream/promises";
import { execa } from "execa";
import { lostConnection } from "../../provider/transport/channel.ts";
import type { OpenNode } from "../../provider/transport/openNode.ts";

/** This computer as a node: its own sh runs the scripts, in a home of their own. */
export interface LocalNode extends Pick<OpenNode, "run" | "download" | "close"> {
  /** Loses the connections that bring something now. */
  cut(): void;
}

/** @param home the folder in which every script begins */
export function localNode(home: string): LocalNode {
  const env = { HOME: home };
  const cutting = new EventTarget();
  return {
    async run({ script, onLine }) {
      const { stdout, stderr, exitCode } = await execa("sh", ["-s"], {
        ...{ input: script, cwd: home, env, reject: false, stripFinalNewline: false },
      });
      if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
      if (onLine !== undefined) for (const line of stdout.split("\n").slice(0, -1)) onLine(line);
      return { stdout };
    },
    async download({ script, signal }, sink) {
      const shell = spawn("sh", ["-c", script], { cwd: home, env: { ...process.env, ...env }, signal });
      const end = new Promise<void>((resolve, reject) => {
        shell.once("error", () => reject(lostConnection("mini1")));
        shell.once("exit", (code) => (code === 0 ? resolve() : reject(lostConnection("mini1"))));
      });
      const onCut = () => shell.kill();
      cutting.addEventListener("cut", onCut, { once: true });
      let stderr = "";
      shell.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString("utf8");
      });
      shell.stdout.pipe(sink);
      await Promise.all([end, finished(sink)]).finally(() => cutting.removeEventListener("cut", onCut));
      return { stderr };
    },
    close: async () => {},
    cut: () => void cutting.dispatchEvent(new Event("cut")),
  };
}
