import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../../scripts/lab/labStack.ts";
import type { BenchLab } from "../benchLab.ts";
import { publicKey } from "../benchSettings.ts";
import type { BenchTool } from "../benchTool.ts";
import { knownHostsFile } from "../openSsh.ts";
import { peerLacks } from "./peerLacks.ts";
import { peerPrograms } from "./peerPrograms.ts";

const deploy = new URL("../peers/deploy.py", import.meta.url).pathname;

/** pyinfra as its manual has it. */
export function pyinfra(): BenchTool {
  let run = async (): Promise<string> => {
    throw new Error("pyinfra: expected prepare before any command");
  };
  return {
    name: "pyinfra",
    lacks: peerLacks,
    prepare: async (lab) => {
      const program = join(await peerPrograms(), "pyinfra");
      const inventory = join(root, lab.folder, "inventory.py");
      await writeFile(inventory, inventoryOf(lab));
      const options = { env: { BENCH_PUBLIC_KEY: publicKey }, all: true, cancelSignal: lab.signal } as const;
      run = async () => (await execa(program, ["-y", inventory, deploy], options)).all;
    },
    apply: () => run(),
    // in the table of changes: Operation  Nodes  Change  Conditional Change
    hasReportedDrift: (printed) => /^ *limits +\d+ +[1-9]/m.test(printed),
    forget: async () => {},
  };
}

function inventoryOf(lab: BenchLab): string {
  const rows = lab.nodes.map(({ name, port }) => {
    const data = {
      ssh_hostname: "127.0.0.1",
      ssh_port: port,
      ssh_user: lab.user,
      ssh_key: lab.identityFile,
      ssh_known_hosts_file: knownHostsFile(lab),
      ssh_strict_host_key_checking: "yes",
    };
    return `    (${JSON.stringify(name)}, ${JSON.stringify(data)}),\n`; // JSON of these is Python too
  });
  return `nodes = [\n${rows.join("")}]\n`;
}
