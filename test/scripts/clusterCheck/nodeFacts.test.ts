import { totalmem } from "node:os";
import { describe, expect, test } from "vitest";
import { factsScript, parseFacts } from "../../../scripts/clusterCheck/nodeFacts.ts";
import { hasLinuxShell, runShell } from "../../support/realShell.ts";

describe("facts", () => {
  test("are taken from lines, an interface without its other end", () => {
    const answer = [
      "clock\t1800000000.25",
      "architecture\taarch64",
      "system\tDebian 13",
      "family\traspbian debian",
      "processor\t",
      "cores\t4",
      "memoryKib\t8388608",
      "uptimeSeconds\t12.5",
      "reboot\tan update of libc6 waits for it",
      "apt\tfound",
      "address\teth1@if7 172.31.0.11/24",
      "disk\t104857600 5242880",
      "nrOpen\t1048576",
      "swapKib\t2097152",
      "failedUnit\tnginx.service",
      "record\tfiles.training minirack/dev 0123456789abcdef",
      "record\tpackages minirack/old ",
      "unreached\t172.31.0.13",
      "reached\t172.31.0.12",
      "end\tend",
    ].join("\n");
    expect(parseFacts(answer, "Welcome home\u001b[1m\nand more\n")).toEqual({
      ...{ clock: 1_800_000_000.25, architecture: "aarch64", system: "Debian 13", processor: "aarch64" },
      ...{
        family: ["raspbian", "debian"],
        cores: 4,
        memoryGb: 8,
        uptimeSeconds: 12.5,
        diskGb: 100,
        diskFreeGb: 5,
      },
      ...{ rebootReason: "an update of libc6 waits for it", hasApt: true },
      ...{ mostOpenFiles: 1_048_576, swapGb: 2, failedUnits: ["nginx.service"], greeting: "Welcome home" },
      records: [
        { name: "files.training", stack: "minirack/dev", id: "0123456789abcdef" },
        { name: "packages", stack: "minirack/old" },
      ],
      addresses: [{ interface: "eth1", address: "172.31.0.11" }],
      peers: { "172.31.0.12": true, "172.31.0.13": false },
    });
  });

  test("that were cut off are refused", () => {
    expect(() => parseFacts("clock\t1\nsystem\tDeb")).toThrow(
      new Error('expected facts to their end, got "clock\\t1\\nsystem\\tDeb"'),
    );
  });

  test.runIf(hasLinuxShell)("of this very computer are right", async () => {
    const before = Date.now() / 1000;
    const { code, stdout, stderr } = await runShell(`set -eu\n${factsScript([])}`);
    const after = Date.now() / 1000;
    expect([code, stderr]).toEqual([0, ""]);
    const facts = parseFacts(stdout);
    expect(facts.memoryGb).toBeCloseTo(totalmem() / 2 ** 30, 1);
    expect(facts.clock).toBeGreaterThan(before - 1); // a fraction of a second may be cut off
    expect(facts.clock).toBeLessThan(after + 1);
    expect(facts.system).not.toBe("");
    expect(facts.diskGb).toBeGreaterThan(facts.diskFreeGb);
  });
});
