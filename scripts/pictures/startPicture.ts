import { execa } from "execa";
import { root } from "../lab/labStack.ts";
import { terminalPicture } from "./terminalPicture.ts";

/** Runs npm start and draws the end of what it prints. */
export async function startPicture(): Promise<string> {
  const { stdout } = await execa("npm", ["start"], {
    cwd: root,
    stdin: "ignore",
    env: { FORCE_UNICODE: "1" },
  });
  const lines = stdout.split("\n").map((line) => line.trimEnd());
  const shown = lines.filter((line) => !/^[❯›]/.test(line)); // steps that are done say so themselves
  const first = shown.findIndex((line) => line.startsWith("✔"));
  return terminalPicture(shown.slice(Math.max(first, 0)), "The end of npm start");
}
