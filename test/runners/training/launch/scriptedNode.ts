import type { LaunchOptions, LaunchWorld } from "../../../../runners/training/launch/launchOptions.ts";
import type { Training } from "../../../../runners/training/launch/training.ts";
import { trainingCode, trainingCodeHash } from "../../../../runners/training/trainingCode.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { projectFolder } from "./projectFolder.ts";

const sha = "a".repeat(64);
const rank = { python: "3.11.2", numpy: "2.4.6", mpi4py: "4.1.2", mpi: "MPICH Version 5.0.2", code: sha };

/** The lines of a run of two ranks that goes well. */
export const goodLines = [
  { event: "supervisor", pid: 4711 },
  {
    event: "start",
    domain: "digits",
    parameters: { epochs: 1, batchSize: 16, learningRate: 0.3, syncEveryNSteps: 1, seed: 0 },
    parameterCount: 4810,
    ranks: [
      { node: "mini1", ...rank, samples: 719 },
      { node: "mini2", ...rank, samples: 719 },
    ],
  },
  {
    event: "epoch",
    epoch: 1,
    loss: 1.12437,
    heldOutLoss: 0.48,
    accuracy: 0.88858,
    samplesPerSecond: 61503.1,
    seconds: 0.02,
    syncSeconds: 0.0068,
    bytesSynced: 846560,
  },
  { event: "weights", perRankSha256: [sha, sha], identical: true },
  { event: "end", seconds: 1.8 },
  { event: "exit", code: 0 },
].map((event) => JSON.stringify(event));

/** A stack with two nodes that hold the project's code. */
export function trainingOf(root: string): Training {
  const connection = {
    port: 22,
    user: "rack",
    identityFile: "~/.ssh/minirack/dev",
    hostKey: "ssh-ed25519 AAAA",
  };
  const node = (name: string, number: number) => ({
    name,
    linkAddress: `172.31.0.${number}`,
    interface: "eth1",
    connection: { host: `192.0.2.${number}`, ...connection },
  });
  return {
    nodes: [node("mini1", 11), node("mini2", 12)],
    directory: "/opt/minirack/training",
    python: "/opt/minirack/environments/training/bin/python",
    codeHash: trainingCodeHash(trainingCode(root)),
  };
}

/** What a scripted first node does with each script it is given: tells lines, and maybe fails. */
export type Answer = (script: string, tell: (line: string) => void) => Promise<void> | void;

/** A launch in a project folder of its own, against a scripted node. */
export function scriptedLaunch(answer: Answer, change: Partial<Training> = {}) {
  const root = projectFolder(temporaryFolder());
  const lines: string[] = [];
  const scripts: string[] = [];
  const print = (line: string) => lines.push(line);
  const options: LaunchOptions = {
    root,
    stack: "dev",
    domain: "digits",
    parameters: {},
    force: false,
    print,
  };
  const world: LaunchWorld = {
    readTraining: async () => ({ ...trainingOf(root), ...change }),
    openNode: async () => ({
      async run({ script, onLine }) {
        scripts.push(script);
        await answer(script, (line) => onLine?.(line));
        return { stdout: "" };
      },
      close: async () => {},
    }),
  };
  return { root, lines, scripts, options, world };
}
