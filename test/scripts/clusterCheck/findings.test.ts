import { describe, expect, test } from "vitest";
import type { ClusterNode } from "../../../config/cluster.ts";
import { findingsOf } from "../../../scripts/clusterCheck/findings.ts";
import type { NodeFacts } from "../../../scripts/clusterCheck/nodeFacts.ts";
import { factsOf, specOf } from "./factsOf.ts";

const context = { ssh: "ssh -p 22 rack@10.0.0.1", file: "stacks/dev.yaml", stack: "shelf" };

function told(facts: Partial<NodeFacts>, spec: Partial<ClusterNode> = {}, clockSkewSeconds = 0): string[] {
  const judged = { spec: specOf("mini1", spec), facts: factsOf(facts), clockSkewSeconds };
  const found = findingsOf({ ...judged, ...context });
  return found.map((one) => `${one.node}: ${one.subject}: ${one.found} → ${one.remedy}`);
}

describe("nothing is wrong", () => {
  test("with a healthy node", () => expect(told({})).toEqual([]));
  test("where the kernel keeps some of the memory", () =>
    expect(told({ memoryGb: 15.3 }, { memoryGb: 16 })).toEqual([]));
  test("with a clock that is two seconds off", () => expect(told({}, {}, -2)).toEqual([]));
  test("with Ubuntu, and with what is like Debian", () =>
    expect([...told({ family: ["ubuntu"] }), ...told({ family: ["raspbian", "debian"] })]).toEqual([]));
  test("with a Mac that the file says is one", () =>
    expect(told({ family: ["macos"], hasApt: false }, { os: "macos" })).toEqual([]));
});

test.each<[string, Partial<NodeFacts>, Partial<ClusterNode>, number, string]>([
  [
    "less memory",
    { memoryGb: 7.6 },
    { memoryGb: 16 },
    0,
    "mini1: memory: 7.6 GiB, the cluster file says 16 → set memoryGb: 8 in stacks/dev.yaml, or look for a module that is not seen",
  ],
  [
    "more memory",
    { memoryGb: 31.2 },
    { memoryGb: 16 },
    0,
    "mini1: memory: 31.2 GiB, the cluster file says 16 → set memoryGb: 32 in stacks/dev.yaml, or look for a module that is not seen",
  ],
  [
    "a clock behind",
    {},
    {},
    -4.25,
    "mini1: clock: 4.3 s behind this controller → ssh -p 22 rack@10.0.0.1 sudo timedatectl set-ntp true",
  ],
  [
    "a full disk",
    { diskFreeGb: 9.9 },
    {},
    0,
    "mini1: disk: 9.9 GiB free of 100 GiB on / → ssh -p 22 rack@10.0.0.1 sudo du -xh --max-depth=2 / shows what takes the room",
  ],
  [
    "a reboot that is due",
    { rebootReason: "an update of libc6 waits for it" },
    {},
    0,
    "mini1: reboot: an update of libc6 waits for it → scripts/reboot --node mini1 --stack shelf",
  ],
  [
    "failed units",
    { failedUnits: ["nginx.service", "x.timer"] },
    {},
    0,
    "mini1: units: failed: nginx.service, x.timer → scripts/logs mini1 nginx.service --stack shelf says why",
  ],
  [
    "a login shell that prints",
    { greeting: "Welcome home" },
    {},
    0,
    'mini1: login shell: it prints at every login of rack, also where no person is: "Welcome home" → let it print in interactive shells alone: in ~/.bashrc after `[[ $- == *i* ]] || return`',
  ],
  [
    "more open files than the kernel grants",
    {},
    { settings: { limits: { nofile: { soft: 1024, hard: "unlimited" } } } },
    0,
    "mini1: limits: nofile: unlimited, the kernel grants a process 1048576 → set nofile: 1048576 in stacks/dev.yaml, or raise fs.nr_open there, under sysctl",
  ],
  [
    "more locked memory than there is",
    {},
    { settings: { limits: { memlock: { soft: 0, hard: 64 * 2 ** 20 } } } },
    0,
    "mini1: limits: memlock: 64.0 GiB of 15.5 GiB of memory → set less in stacks/dev.yaml, or unlimited",
  ],
  [
    "more swap than the disk has room for",
    {},
    { settings: { swapGb: { "/swapfile": 64 } } },
    0,
    "mini1: swapGb: 64 GiB, there is room for 50.0 GiB on / → make room there, set less in stacks/dev.yaml, or give it a path on another disk",
  ],
  [
    "another distribution",
    { system: "Fedora Linux 43", family: ["fedora"], hasApt: false },
    {},
    0,
    "mini1: system: Fedora Linux 43 → install Debian 12 or newer, or Ubuntu 22.04 or newer",
  ],
  [
    "no apt",
    { hasApt: false },
    {},
    0,
    "mini1: apt: no apt-get → install Debian GNU/Linux 12 (bookworm) anew, or take the node out of stacks/dev.yaml",
  ],
  [
    "a Mac that the file takes for Linux",
    { system: "macOS 26.1", family: ["macos"] },
    {},
    0,
    "mini1: system: macOS 26.1, the cluster file says linux → set os: macos in stacks/dev.yaml",
  ],
])("%s is told with what to type", (_title, facts, spec, skew, line) => {
  expect(told(facts, spec, skew)).toEqual([line]);
});
