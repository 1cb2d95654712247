import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labReboot } from "../../scripts/lab/labReboot.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { labNodeProvider } from "../support/labNodeProvider.ts";
import { nodeProgram } from "../support/nodeProgram.ts";
import { clusterOn, endTestCluster, type TestCluster } from "../support/testCluster.ts";
import { type VmLab, vmLab } from "../support/vmLab.ts";
import { immutable, writeClusterFile, writeImmutable } from "./life/clusterFile.ts";

const unchanged = /Resources:\n {4}\d+ unchanged\n/;

describe.sequential("the dev stack's life on a node with a kernel of its own", () => {
  let lab: VmLab;
  let cluster: TestCluster;
  let before: string;
  const on = (script: string) => lab.on("vm1", script);
  const again = () => cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
  const check = () =>
    execa(join(root, "scripts/check"), ["--stack", cluster.stack, "--config-file", cluster.configFile], {
      stdin: "ignore",
      reject: false,
      all: true,
    });

  beforeAll(async () => {
    lab = await vmLab("labvm", 6000, "172.31.160.0/24");
    await lab.up();
    cluster = await clusterOn(lab, { stack: "devvm", clusterFile: await writeClusterFile(lab) });
    before = await labSnapshot("vm1", lab.stack);
  });
  afterAll(() => endTestCluster(cluster));

  test("a file that nobody may change is refused, and nothing is changed", async () => {
    await on(`echo kept >${immutable}; chattr +i ${immutable}`);
    const file = await writeImmutable(lab);
    const provider = await labNodeProvider("devvmi", file);
    const program = await nodeProgram(provider, "devvmi", file);
    expect(await program.up()).toBe(
      `node vm1: files: expected ${immutable} without inode flags, which a copy does not keep, got i; take them away (chattr -i ${immutable}), and set them again when the file is back`,
    );
    await program.destroy();
    await provider.close();
    expect(await on(`cat ${immutable}; chattr -i ${immutable}; rm ${immutable}`)).toBe("kept");
    expect(await labSnapshot("vm1", lab.stack)).toBe(before);
  });

  test("up provisions it", async () => {
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatch(/\+ \d+ created/);
  });

  test("a second up, with every setting read live, changes nothing", async () => {
    expect(await again()).toMatch(unchanged);
  });

  test("its own kernel has what was wanted: swap, values, cgroup v2", async () => {
    expect(await on("stat -fc %T /sys/fs/cgroup")).toBe("cgroup2fs");
    expect(await on("swapon --show=NAME,SIZE --noheadings")).toMatch(/^\/disk\/dev\.swap +1024M$/);
    expect(await on("sysctl -n vm.swappiness vm.vfs_cache_pressure")).toBe("10\n50");
  });

  test("netplan still has the control interface, and the link is up", async () => {
    expect(await on("networkctl --no-legend --no-pager list eth0")).toMatch(/routable +configured/);
    expect(await on("ls /etc/netplan")).toContain("50-installer.yaml");
    expect(await on("ip -brief address show dev eth1")).toContain(lab.linkAddressOf("vm1"));
  });

  test("Docker works with its own forwarding, under cgroup v2", async () => {
    expect(await on("docker info --format '{{.CgroupVersion}}'")).toBe("2");
    expect(await on("cat /proc/sys/net/ipv4/ip_forward; iptables -S FORWARD | head -n 1")).toBe(
      "1\n-P FORWARD DROP",
    );
  });

  test("memory that runs out ends the unit that has a limit, and check names it", async () => {
    const hungry =
      "systemd-run --quiet --wait --unit=hungry -p MemoryMax=30M -p MemorySwapMax=0 tail /dev/zero";
    await on(`! ${hungry}`);
    expect(await on("systemctl show -p Result --value hungry")).toBe("oom-kill");
    expect((await check()).all).toContain("failed: hungry.service");
    await on("systemctl reset-failed hungry");
  });

  test("a clock that is a month ahead is named by check, and changes no setting", async () => {
    await on("date -s '+1 month' >/dev/null");
    expect((await check()).all).toMatch(/clock +\d+\.\d s ahead of this controller/);
    expect(await again()).toMatch(unchanged);
    await on(`date -s '@${Math.round(Date.now() / 1000)}' >/dev/null`);
    expect(await on("systemctl is-active chrony; grep -c -- -x /etc/default/chrony || true")).toMatch(
      /^active\n/,
    );
  });

  test("a reboot of its kernel leaves nothing to change", async () => {
    await labReboot("vm1", lab.stack);
    expect(await again()).toMatch(unchanged);
  });

  test("destroy gives it back as it was", async () => {
    await cluster.pulumi("destroy", "--yes", "--skip-preview");
    expect(withoutVersions(await labSnapshot("vm1", lab.stack))).toBe(withoutVersions(before));
  });
});

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}
