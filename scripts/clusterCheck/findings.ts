import type { ClusterNode } from "../../config/cluster.ts";
import { capacity } from "./capacity.ts";
import type { NodeFacts } from "./nodeFacts.ts";

/** Something that is not as it should be, and what to type. */
export interface Finding {
  node: string;
  subject: string;
  found: string;
  remedy: string;
}

/** A node's facts beside what the cluster file says. */
export interface Judged {
  spec: ClusterNode;
  facts: NodeFacts;
  /** Seconds by which its clock is ahead of ours, at least. */
  clockSkewSeconds: number;
  /** What a person types to get onto it: `ssh -p 22 rack@10.0.0.1`. */
  ssh: string;
  /** The cluster file. */
  file: string;
  stack: string;
}

export type Rule = (judged: Judged) => Omit<Finding, "node"> | undefined;

/** The kernel and a graphics unit keep some of the memory to themselves. */
const keptShare = 0.15;
const leastFreeShare = 0.1;
const mostSkewSeconds = 2;

const memory: Rule = ({ spec, facts, file }) => {
  const { memoryGb: wanted } = spec;
  if (wanted === undefined) return undefined;
  if (facts.memoryGb <= wanted * 1.01 && facts.memoryGb >= wanted * (1 - keptShare)) return undefined;
  return {
    subject: "memory",
    found: `${facts.memoryGb.toFixed(1)} GiB, the cluster file says ${wanted}`,
    remedy: `set memoryGb: ${Math.ceil(facts.memoryGb)} in ${file}, or look for a module that is not seen`,
  };
};

const clock: Rule = ({ clockSkewSeconds: skew, ssh }) => {
  if (Math.abs(skew) <= mostSkewSeconds) return undefined;
  return {
    subject: "clock",
    found: `${Math.abs(skew).toFixed(1)} s ${skew > 0 ? "ahead of" : "behind"} this controller`,
    remedy: `${ssh} sudo timedatectl set-ntp true`,
  };
};

const disk: Rule = ({ facts, ssh }) => {
  if (facts.diskFreeGb >= facts.diskGb * leastFreeShare) return undefined;
  return {
    subject: "disk",
    found: `${facts.diskFreeGb.toFixed(1)} GiB free of ${facts.diskGb.toFixed(0)} GiB on /`,
    remedy: `${ssh} sudo du -xh --max-depth=2 / shows what takes the room`,
  };
};

const reboot: Rule = ({ facts, spec, stack }) =>
  facts.rebootReason === undefined
    ? undefined
    : {
        subject: "reboot",
        found: facts.rebootReason,
        remedy: `scripts/reboot --node ${spec.name} --stack ${stack}`,
      };

const system: Rule = ({ facts, spec, file }) => {
  if (facts.family.includes("macos")) {
    return spec.os === "macos"
      ? undefined
      : {
          subject: "system",
          found: `${facts.system}, the cluster file says linux`,
          remedy: `set os: macos in ${file}`,
        };
  }
  const isDebian = facts.family.includes("debian") || facts.family.includes("ubuntu");
  if (!isDebian) {
    return {
      subject: "system",
      found: facts.system,
      remedy: "install Debian 12 or newer, or Ubuntu 22.04 or newer",
    };
  }
  if (facts.hasApt) return undefined;
  return {
    subject: "apt",
    found: "no apt-get",
    remedy: `install ${facts.system} anew, or take the node out of ${file}`,
  };
};

const units: Rule = ({ facts, spec, stack }) =>
  facts.failedUnits.length === 0
    ? undefined
    : {
        subject: "units",
        found: `failed: ${facts.failedUnits.join(", ")}`,
        remedy: `scripts/logs ${spec.name} ${facts.failedUnits[0]} --stack ${stack} says why`,
      };

const loginShell: Rule = ({ facts, spec }) =>
  facts.greeting === undefined
    ? undefined
    : {
        subject: "login shell",
        found: `it prints at every login of ${spec.user}, also where no person is: "${facts.greeting}"`,
        remedy: "let it print in interactive shells alone: in ~/.bashrc after `[[ $- == *i* ]] || return`",
      };

/** All that is wrong with a node that answers. */
export function findingsOf(judged: Judged): Finding[] {
  return [system, memory, clock, disk, reboot, units, loginShell, ...capacity].flatMap((rule) => {
    const finding = rule(judged);
    return finding === undefined ? [] : [{ node: judged.spec.name, ...finding }];
  });
}
