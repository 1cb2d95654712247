import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rebootReason } from "../../../scripts/nodes/rebootReason.ts";
import { hasLinuxShell, runShell } from "../../support/realShell.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

interface Given {
  running?: string;
  installed?: string[];
  isContainer?: boolean;
  files?: Record<string, string>;
}

/** What a node says: its programs are shims, its /run is a folder. */
async function reasonOn({
  running = "6.1.0-18-amd64",
  installed = [],
  isContainer = false,
  files = {},
}: Given) {
  const folder = temporaryFolder();
  const shims = {
    uname: `echo ${running}`,
    "dpkg-query": installed.map((one) => `echo '${one}'`).join("\n") || "exit 1",
    "systemd-detect-virt": isContainer ? "exit 0" : "exit 1",
  };
  for (const [name, body] of Object.entries(shims)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const script = rebootReason.replaceAll("/run/", `${folder}/`);
  const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { stdout, stderr } = await runShell(`set -eu\n${script}\nreboot_reason\n`, environment);
  expect(stderr).toBe("");
  return stdout;
}

const kernels = (...versions: string[]) => versions.map((version) => `installed linux-image-${version}`);

describe.runIf(hasLinuxShell)("a reboot is due", () => {
  test("where the node says so, with the packages that it names", async () => {
    expect(await reasonOn({ files: { "reboot-required": "*** System restart required ***\n" } })).toBe(
      "an update waits for it\n",
    );
    const files = { "reboot-required": "", "reboot-required.pkgs": "libc6\nlinux-base\nlibc6\n" };
    expect(await reasonOn({ files })).toBe("an update of libc6 linux-base waits for it\n");
  });

  test.each([
    ["6.1.0-9-amd64", "6.1.0-18-amd64"],
    ["6.12.9+deb13-amd64", "6.12.48+deb13-amd64"],
    ["5.15.0-91-generic", "5.15.0-101-generic"],
    ["6.6.31+rpt-rpi-v8", "6.6.51+rpt-rpi-v8"],
  ])("where kernel %s runs and %s is installed", async (running, newest) => {
    expect(await reasonOn({ running, installed: kernels(running, newest) })).toBe(
      `kernel ${newest} is installed, ${running} runs\n`,
    );
  });
});

describe.runIf(hasLinuxShell)("no reboot is due", () => {
  test("where the newest kernel runs", async () => {
    expect(await reasonOn({ installed: kernels("6.1.0-9-amd64", "6.1.0-18-amd64") })).toBe("");
  });

  test("for a newer kernel that is removed but for its configuration", async () => {
    expect(await reasonOn({ installed: ["config-files linux-image-6.1.0-25-amd64"] })).toBe("");
  });

  test("for a newer kernel of another kind", async () => {
    expect(await reasonOn({ installed: kernels("6.1.0-18-amd64", "6.1.0-25-rt-amd64") })).toBe("");
  });

  test("where no package has the kernel that runs", async () => {
    expect(await reasonOn({ running: "6.8.12-1-pve" })).toBe("");
  });

  test("in a container, which has no kernel of its own", async () => {
    expect(await reasonOn({ isContainer: true, installed: kernels("6.1.0-99-amd64") })).toBe("");
  });
});
