import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LaunchOptions, LaunchWorld } from "../../../../runners/training/launch/launchOptions.ts";
import type { Training } from "../../../../runners/training/launch/training.ts";
import { trainingCode, trainingCodeHash } from "../../../../runners/training/trainingCode.ts";
import { type LocalNode, localNode } from "../../../support/localNode.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { projectFolder } from "./projectFolder.ts";

const sha = "a".repeat(64);
const rank = { python: "3.11.2", numpy: "2.4.6", mpi4py: "4.1.2", mpi: "MPICH Version 5.0.2", code: sha };

/** The lines of a run of two ranks that goes well. */
export const goodLines = [
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
    peakMemoryBytes: 150_000_000,
  },
  { event: "weights", perRankSha256: [sha, sha], identical: true },
  { event: "end", seconds: 1.8 },
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

/** A launch in a project folder of its own, on this computer as the first node. */
export interface ScriptedLaunch {
  options: LaunchOptions;
  world: LaunchWorld;
  node: LocalNode;
  /** What a person was told. */
  lines: string[];
  /** The first node's user's home. */
  home: string;
  /** The arguments of each launch of the ranks. */
  started(): string[];
  /** What stands for the ranks from now on: sh, whose stdout is theirs; `say N` prints the first N lines of a run that goes well. */
  ranks(script: string): void;
}

/** @param ranks as in `ScriptedLaunch` */
export function scriptedLaunch(ranks = goesWell, change: Partial<Training> = {}): ScriptedLaunch {
  const root = projectFolder(temporaryFolder());
  const home = temporaryFolder();
  const lines: string[] = [];
  const python = join(home, "python");
  const launch: ScriptedLaunch = {
    lines,
    home,
    node: localNode(home),
    options: {
      ...{ root, stack: "dev", domain: "digits", parameters: {}, force: false, isDetached: false },
      print: (line) => lines.push(line),
    },
    world: {
      readTraining: async () => ({ ...trainingOf(root), directory: home, python, ...change }),
      openNode: async () => launch.node,
    },
    started: () =>
      existsSync(`${python}.started`) ? readFileSync(`${python}.started`, "utf8").trim().split("\n") : [],
    ranks: (script) => {
      const say = `say() { head -n "$1" ${python}.lines; }`;
      writeFileSync(python, `#!/bin/sh\n${say}\necho "$*" >> ${python}.started\n${script}\n`, {
        mode: 0o755,
      });
    },
  };
  writeFileSync(`${python}.lines`, goodLines.map((line) => `${line}\n`).join(""));
  launch.ranks(ranks);
  return launch;
}

/** Ranks that print all that a good run prints. */
export const goesWell = `say ${goodLines.length}`;

/** sh that goes on when a file is there, in the first node's user's home, or the test has ended and its home is gone. */
export function waitFor(file: string): string {
  return `until [ -e ${file} ] || [ ! -e python ]; do sleep 0.05; done`;
}
