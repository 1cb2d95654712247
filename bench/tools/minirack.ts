import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { root } from "../../scripts/lab/labStack.ts";
import { type PreparedPulumi, preparePulumi } from "../../scripts/pulumi/prepare.ts";
import { selectStack } from "../../scripts/pulumi/stack.ts";
import type { BenchLab } from "../benchLab.ts";
import { clusterSettings, limitsFile } from "../benchSettings.ts";
import type { BenchTool } from "../benchTool.ts";

/** minirack by the commands that people type, on a stack of its own. */
export function minirack(): BenchTool {
  let stack: BenchStack | undefined;
  const pulumi = async (...args: string[]) => {
    if (stack === undefined) throw new Error("minirack: expected prepare before any command");
    return await stack.pulumi(args);
  };
  return {
    name: "minirack",
    lacks: {},
    prepare: async (lab) => {
      stack = await benchStack(lab);
    },
    apply: () => pulumi("up", "--yes", "--skip-preview", "--refresh", "--diff"),
    check: () => pulumi("refresh", "--preview-only", "--diff"),
    teardown: () => pulumi("destroy", "--yes", "--skip-preview"),
    hasReportedDrift: (printed) => printed.includes(limitsFile),
    forget: async () => {
      await stack?.pulumi(["destroy", "--yes", "--skip-preview"]);
    },
    end: async () => stack?.remove(),
  };
}

interface BenchStack {
  pulumi(args: string[]): Promise<string>;
  remove(): Promise<void>;
}

async function benchStack(lab: BenchLab): Promise<BenchStack> {
  const stack = `${lab.stack}cluster`;
  const prepared = await preparePulumi({ root, say: console.error });
  const configFile = join(root, lab.folder, `Pulumi.${stack}.yaml`);
  const clusterFile = join(lab.folder, "cluster.yaml");
  await writeFile(join(root, clusterFile), stringify(clusterOf(lab)));
  await writeFile(configFile, stringify({ config: { "minirack:clusterFile": clusterFile } }));
  await remove(prepared, stack);
  await selectStack(prepared, stack, { configFile });
  const place = ["--stack", stack, "--config-file", configFile, "--color", "never"];
  const options = { all: true, stdin: "ignore", cancelSignal: lab.signal } as const;
  return {
    pulumi: async (args) => (await prepared.pulumi([...args, ...place], options)).all,
    remove: () => remove(prepared, stack),
  };
}

/** Nobody else uses it: a lock is one that a stopped run has left. */
async function remove({ pulumi }: PreparedPulumi, stack: string): Promise<void> {
  await pulumi(["cancel", "--yes", "--stack", stack], { reject: false });
  await pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"], { reject: false });
}

function clusterOf({ nodes, user, identityFile }: BenchLab): object {
  return {
    user,
    identityFile: "./clusterKey",
    ...clusterSettings,
    nodes: nodes.map(({ name, port }) => ({ name, host: "127.0.0.1", port, firstContact: { identityFile } })),
  };
}
