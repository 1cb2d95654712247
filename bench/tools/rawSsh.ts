import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { BenchLab, BenchNode } from "../benchLab.ts";
import { publicKey } from "../benchSettings.ts";
import type { BenchTool } from "../benchTool.ts";
import { socketFolder, sshOptions } from "../openSsh.ts";
import { peerLacks } from "./peerLacks.ts";

const script = readFileSync(new URL("../peers/apply.sh", import.meta.url), "utf8");

/** The limit: one script for each node, all at once, over OpenSSH connections that stay open. */
export function rawSsh(): BenchTool {
  let lab: BenchLab | undefined;
  return {
    name: "rawSsh",
    lacks: peerLacks,
    prepare: async (given) => {
      lab = given;
    },
    apply: async () => {
      const { nodes = [] } = lab ?? {};
      const printed = await Promise.all(nodes.map((node) => lab && applyOn(lab, node)));
      return printed.join("\n");
    },
    hasReportedDrift: (printed) => printed.includes("mini1: changes limits"),
    forget: async () => {},
  };
}

async function applyOn(lab: BenchLab, { name, port }: BenchNode): Promise<string> {
  const args = [
    ...[...sshOptions(lab), "-o", `ControlPath=${join(socketFolder(lab), `${port}`)}`],
    ...["-i", lab.identityFile, "-p", `${port}`, `${lab.user}@127.0.0.1`],
    "sudo -n sh -s",
  ];
  const input = `set -- '${name}' '${publicKey}'\n${script}`;
  // what stays open in the background keeps stderr open as well
  return (await execa("ssh", args, { input, stderr: "ignore", cancelSignal: lab.signal })).stdout;
}
