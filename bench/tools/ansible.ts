import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../../scripts/lab/labStack.ts";
import type { BenchLab } from "../benchLab.ts";
import { publicKey } from "../benchSettings.ts";
import type { BenchTool } from "../benchTool.ts";
import { socketFolder, sshOptions } from "../openSsh.ts";
import { peerLacks } from "./peerLacks.ts";
import { peerPrograms } from "./peerPrograms.ts";

const playbook = new URL("../peers/site.yml", import.meta.url).pathname;

/** Ansible, tuned: all nodes at once, pipelining, connections that stay open, no facts gathered. */
export function ansible(): BenchTool {
  let run = async (): Promise<string> => {
    throw new Error("ansible: expected prepare before any command");
  };
  return {
    name: "ansible",
    lacks: peerLacks,
    prepare: async (lab) => {
      const program = join(await peerPrograms(), "ansible-playbook");
      const folder = join(root, lab.folder);
      const [configuration, inventory] = [join(folder, "ansible.cfg"), join(folder, "ansible.ini")];
      await writeFile(configuration, configurationOf(lab));
      await writeFile(inventory, inventoryOf(lab));
      const env = {
        ANSIBLE_CONFIG: configuration,
        ANSIBLE_HOME: join(folder, "ansible"),
        BENCH_PUBLIC_KEY: publicKey,
      };
      const options = { env, all: true, cancelSignal: lab.signal } as const;
      run = async () => (await execa(program, ["-i", inventory, playbook], options)).all;
    },
    apply: () => run(),
    hasReportedDrift: (printed) => /^changed: \[mini1\]/m.test(limitsTask(printed)),
    forget: async () => {},
  };
}

function configurationOf(lab: BenchLab): string {
  return `[defaults]
forks=${lab.nodes.length}
gathering=explicit
interpreter_python=/usr/bin/python3
[ssh_connection]
pipelining=True
control_path_dir=${socketFolder(lab)}
ssh_args=${sshOptions(lab).join(" ")}
`;
}

function inventoryOf({ nodes, user, identityFile }: BenchLab): string {
  const rows = nodes.map(({ name, port }) => {
    const place = `ansible_host=127.0.0.1 ansible_port=${port} ansible_user=${user}`;
    return `${name} ${place} ansible_ssh_private_key_file=${identityFile}\n`;
  });
  return rows.join("");
}

/** From the task's heading to the next one. */
function limitsTask(printed: string): string {
  return /^TASK \[limits\].*?(?=^TASK |^PLAY RECAP)/ms.exec(printed)?.[0] ?? "";
}
