import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../../provider/shell/command.ts";
import { prelude } from "../../../provider/shell/prelude.ts";
import { nodeSandbox } from "../../support/nodeSandbox.ts";
import { hasLinuxShell } from "../../support/realShell.ts";

/** Runs lines after the prelude, with a folder for the kernel's interfaces and programs in the place of real ones. */
async function typed(programs: Record<string, string>, ...lines: string[]): Promise<string> {
  const sandbox = nodeSandbox();
  for (const name of ["eth1", "wlan0/wireless", "wlan1/phy80211"])
    mkdirSync(join(sandbox.root, name), { recursive: true });
  const shims = Object.entries(programs).map(([name, body]) => `${name}() { ${body}; }`);
  const script = [prelude, ...shims, ...lines].join("\n").replaceAll("/sys/class/net", sandbox.root);
  const { code, stdout } = await sandbox.run("sh -s", `${script}\n`);
  return `${stdout}exit ${code}`;
}

describe.runIf(hasLinuxShell)("the words of links", () => {
  test("tell a wireless interface from a cable", async () => {
    const media = ["eth1", "wlan0", "wlan1"].map((name) => run("show_medium", name));
    expect(await typed({}, ...media)).toBe("medium\tcable\nmedium\twireless\nmedium\twireless\nexit 0");
  });

  test.each([
    ["172.31.0.12 dev eth1 src 172.31.0.11 uid 0 \\    cache", "way\tmini2\teth1\tcable\n"],
    ["172.31.0.12 via 10.0.0.1 dev wlan0 src 10.0.0.5 uid 0 \\    cache", "way\tmini2\twlan0\twireless\n"],
    ["local 172.31.0.12 dev lo table local src 172.31.0.12 uid 0", "way\tmini2\tlo\tcable\n"],
  ])("find the interface in %s", async (route, shown) => {
    expect(await typed({ ip: `echo '${route}'` }, run("show_way", "mini2", "172.31.0.12"))).toBe(
      `${shown}exit 0`,
    );
  });

  test("show no way where there is none", async () => {
    const ip = "echo 'RTNETLINK answers: Network is unreachable' >&2; return 2";
    expect(await typed({ ip }, run("show_way", "mini2", "172.31.0.12"))).toBe("exit 0");
  });

  test("name who is silent, and nobody who answers", async () => {
    const ping = '[ "$9" != 172.31.0.13 ]';
    const asked = ["12", "13"].map((last) =>
      run("show_silent", `mini${last}`, `172.31.0.${last}`, "172.31.0.11"),
    );
    expect(await typed({ ping }, ...asked)).toBe("silent\tmini13\nexit 0");
  });

  test("take the shortest round trip, of iputils and of busybox", async () => {
    const ask = run("round_trip", "172.31.0.12", "172.31.0.11");
    const iputils = "echo 'rtt min/avg/max/mdev = 0.045/0.060/0.081/0.014 ms'";
    expect(await typed({ ping: iputils }, ask)).toBe("0.045\nexit 0");
    expect(await typed({ ping: "echo 'round-trip min/avg/max = 0.1/0.2/0.3 ms'" }, ask)).toBe("0.1\nexit 0");
    expect(await typed({ ping: "echo '5 packets transmitted, 0 received'; return 1" }, ask)).toBe("exit 0");
  });

  test("listen at the first port that is free, for one measurement and a limited time", async () => {
    const ss = 'case "$*" in *5201 | *5202) echo LISTEN ;; esac';
    expect(await typed({ ss, timeout: 'echo "$@"' }, run("link_listen", "172.31.0.12"))).toBe(
      "--foreground --kill-after=1 10 iperf3 --server --one-off --bind 172.31.0.12 --port 5203 --forceflush\nexit 0",
    );
  });
});
