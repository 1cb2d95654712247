import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { loadCluster } from "../../../config/cluster.ts";
import type { Json } from "../../../provider/settings/setting.ts";
import { scanHostKey } from "../../../provider/transport/hostKey.ts";
import { failureOf } from "../../support/failureOf.ts";
import { type LabNodeProvider, labNodeProvider } from "../../support/labNodeProvider.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { type TestLab, testLab } from "../../support/testLab.ts";
import { writeClusterFile } from "./clusterFile.ts";
import { cycleLab } from "./cycleLab.ts";

const [stack, portBase, linkSubnet] = cycleLab;
const file = (content: string) => ({ content, mode: "0644", owner: "root:root" });
const foreignLine = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFVua25vd25LZXlPZlNvbWVib2R5RWxzZUhlcmU somebody";

describe.sequential("what was there before us, and what others did meanwhile", { tags: "matrix" }, () => {
  let lab: TestLab;
  let provider: LabNodeProvider;
  let other: LabNodeProvider;
  let inputs: (setting: string, value: Json) => Record<string, Json>;
  const shell = (script: string) => lab.on("mini1", script);
  const recordOf = async (setting: string) =>
    JSON.parse(await shell(`cat /var/lib/minirack/${setting}.json`)) as Json;

  beforeAll(async () => {
    lab = await testLab(stack, portBase, linkSubnet, ["mini1"]);
    await lab.up();
    const clusterFile = await writeClusterFile(lab);
    provider = await labNodeProvider(stack, clusterFile);
    other = await labNodeProvider("prod", clusterFile);
    const [host, port] = ["127.0.0.1", lab.portOf("mini1")];
    const hostKey = await scanHostKey({ node: "mini1", host, port });
    const identityFile = join(lab.folder, "id_ed25519");
    const connection = { host, port, user: "rack", identityFile, hostKey };
    inputs = (setting, value) => ({ node: "mini1", connection, [setting]: value });
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
    await other.close();
  });

  test("the record, with its owner, is there before a change that fails", async () => {
    const wanted = inputs("packages", { jq: "installed", "no-such-package": "installed" });
    const error = await failureOf(provider.create("packages", wanted));
    expect(error.message).toMatch(/node mini1: packages: .*no-such-package/s);
    expect(await recordOf("packages")).toMatchObject({
      stack: `minirack/${stack}`,
      node: "mini1",
      entries: { jq: null, "no-such-package": null },
    });
    expect(await shell("dpkg-query -W jq 2>&1 || true")).toContain("no packages found");
  });

  test("another stack is refused by the owner's name", async () => {
    const error = await failureOf(other.create("packages", inputs("packages", { tmux: "installed" })));
    expect(error.message).toMatch(
      `2 UNKNOWN: node mini1: packages: expected to be managed by stack minirack/prod alone, got the record of stack minirack/${stack}; destroy it there first`,
    );
  });

  test("packages that somebody else asked for, or whose package needs them, stay; the others go", async () => {
    const wanted = inputs("packages", { jq: "installed", tmux: "installed" });
    const made = await provider.create("packages", wanted);
    const names = "jq tmux libjq1 libonig5 libjq-dev libevent-core-2.1-7 libutempter0";
    await shell("apt-get -q -y install --no-install-recommends libjq-dev libevent-core-2.1-7");
    await provider.delete(made);
    const left = await shell(`dpkg-query -W -f='\${Package}\n' ${names} 2>/dev/null || true`);
    const theirs = ["libevent-core-2.1-7", "libjq-dev", "libjq1", "libonig5"];
    expect(left.split("\n").sort()).toEqual(theirs);
    await shell(`apt-get -q -y purge libonig-dev ${theirs.join(" ")}`);
  });

  test("what a package brought along goes, although somebody purged the package itself meanwhile", async () => {
    const names = "tmux libevent-core-2.1-7 libutempter0";
    const made = await provider.create("packages", inputs("packages", { tmux: "installed" }));
    await shell("apt-get -q -y purge tmux");
    await provider.delete(made);
    expect(await shell(`dpkg-query -W -f='\${Package}\n' ${names} 2>/dev/null || true`)).toBe("");
  });

  test("a package that ours displaced comes back when ours goes, with its configuration", async () => {
    const timesyncd =
      "dpkg-query -W -f='${db:Status-Status}' systemd-timesyncd; apt-mark showmanual systemd-timesyncd";
    await shell("apt-get -q -y install systemd-timesyncd && echo '# theirs' >> /etc/systemd/timesyncd.conf");
    const before = await shell(timesyncd);
    const made = await provider.create("packages", inputs("packages", { chrony: "installed" }));
    expect(await shell("dpkg-query -W -f='${db:Status-Status}' systemd-timesyncd")).toBe("config-files");
    await provider.delete(made);
    expect(await shell(timesyncd)).toBe(before);
    expect(await shell("tail -n 1 /etc/systemd/timesyncd.conf; ls /var/lib/minirack || true")).toBe(
      "# theirs",
    );
    await shell("apt-get -q -y purge systemd-timesyncd");
  });

  test("a create that finds its own record keeps the earlier state, and delete puts that back", async () => {
    const earlier = await shell("cat /etc/motd");
    const wanted = inputs("files", { "/etc/motd": file("ours\n"), "/srv/a/b/ours.txt": file("ours\n") });
    await provider.create("files", wanted);
    const again = await provider.create("files", wanted);
    expect(await shell("cat /etc/motd")).toBe("ours");
    await provider.delete(again);
    expect(await shell("cat /etc/motd")).toBe(earlier);
    expect(await shell("ls -A /srv; ls -A /var/lib/minirack 2>&1 || true")).toMatch(/^ls: .*No such file/);
  });

  test("a key that an update drops goes back to what it was; the others and the record stay", async () => {
    const earlier = await shell("cat /etc/motd");
    const both = { "/etc/motd": file("ours\n"), "/srv/a/ours.txt": file("ours\n") };
    const made = await provider.create("files", inputs("files", both));
    const less = inputs("files", { "/srv/a/ours.txt": both["/srv/a/ours.txt"] });
    const updated = await provider.update(made, less);
    expect(await shell("cat /etc/motd /srv/a/ours.txt")).toBe(`${earlier}\nours`);
    expect(await recordOf("files")).toMatchObject({ entries: { "/srv/a/ours.txt": null } });
    expect(await provider.diff(updated, less)).toEqual([]);
    await provider.delete(updated);
  });

  test("a file that somebody else put into a folder that we made stays", async () => {
    const made = await provider.create("files", inputs("files", { "/srv/a/b/ours.txt": file("ours\n") }));
    await shell("echo theirs > /srv/a/theirs.txt");
    await provider.delete(made);
    expect(await shell("find /srv -mindepth 1 | sort")).toBe("/srv/a\n/srv/a/theirs.txt");
    await shell("rm -r /srv/a; rm -rf /var/lib/minirack");
  });

  test("somebody else's line in authorized_keys stays, ours goes", async () => {
    const keys = "/home/rack/.ssh/authorized_keys";
    const earlier = await shell(`cat ${keys}`);
    const clusterKey = `${foreignLine.replace("VW5", "VW4").split(" ").slice(0, 2).join(" ")} minirack-${stack}`;
    const made = await provider.create("sshAccess", inputs("sshAccess", { clusterKey, nodeKey: "ed25519" }));
    await shell(`echo '${foreignLine}' >> ${keys}`);
    await provider.delete(made);
    expect(await shell(`cat ${keys}; ls -A /home/rack/.ssh`)).toBe(
      `${earlier}\n${foreignLine}\nauthorized_keys`,
    );
  });

  test("a home that holds more than a new one stays, and is its user's again; one that does not goes", async () => {
    const accounts = () =>
      shell("cat /etc/passwd /etc/group /etc/subuid; ls -A /etc/*- 2>/dev/null; ls /home");
    const earlier = await accounts();
    const wanted = inputs("accounts", { "user ada": "present", "key ada/laptop": "ssh-ed25519 AAAAC3" });
    const made = await provider.create("accounts", wanted);
    await shell("useradd --no-create-home ben; userdel ben; runuser -u ada -- touch /home/ada/notes");
    await provider.delete(made);
    expect(await shell("ls -A /home/ada; cat /var/lib/minirack/made; id ada 2>&1 || true")).toBe(
      ".bash_logout\n.bashrc\n.profile\nnotes\n/home/ada\nid: 'ada': no such user",
    );
    await shell("useradd --no-create-home ben"); // gets the uid that was ada's
    expect(await shell("id -u ben; stat -c '%u %U %a' /home/ada /home/ada/notes")).toBe(
      "1001\n0 root 700\n1001 ben 644",
    );
    const again = await provider.create("accounts", wanted);
    expect(await shell("stat -c %U /home/ada/notes; rm /home/ada/notes; userdel ben")).toBe("ada");
    await provider.delete(again);
    expect([await accounts(), await shell("ls -A /var/lib/minirack 2>&1 || true")]).toEqual([
      earlier,
      expect.stringMatching(/No such file/),
    ]);
  });

  test("where a user's links lead, root does not write", async () => {
    const made = await provider.create("accounts", inputs("accounts", { "user ada": "present" }));
    await shell(
      "runuser -u ada -- sh -c 'mkdir ~ada/.ssh; ln -s /etc/motd ~ada/.ssh/.minirack.authorized_keys'",
    );
    const earlier = await shell("cat /etc/motd");
    const withKey = inputs("accounts", { "user ada": "present", "key ada/laptop": "ssh-ed25519 AAAAC3" });
    const updated = await provider.update(made, withKey);
    expect(await shell("cat /etc/motd")).toBe(earlier);
    await shell("runuser -u ada -- ln -sf /etc/shadow /home/ada/.ssh/authorized_keys");
    const shadow = await shell("cat /etc/shadow");
    expect((await failureOf(provider.create("accounts", withKey))).message).toContain(
      "expected /home/ada/.ssh/authorized_keys to be a file of ada, got a link to /etc/shadow; put a file of theirs there",
    );
    expect(await shell("cat /etc/shadow")).toBe(shadow);
    await shell("rm -r /home/ada/.ssh");
    await provider.delete(updated);
  });

  test("a swap file of another size comes back as it was, and so does /etc/fstab", async () => {
    const path = `/disk/${stack}.swap`;
    const facts = () =>
      shell(`blkid -p -o export ${path}; stat -c '%s %a' ${path}; cat /etc/fstab; cat /proc/swaps`);
    await shell(
      `fallocate -l 64M ${path}; chmod 644 ${path}; mkswap -q ${path} 2>/dev/null; printf '${path} none swap sw 0 0' > /etc/fstab`,
    );
    const earlier = await facts();
    const made = await provider.create("swapGb", inputs("swapGb", { [path]: 1 }));
    expect(await facts()).toContain("1073741824 600");
    await provider.delete(made);
    expect(await facts()).toBe(earlier);
    await shell(`rm ${path}; echo '# none' > /etc/fstab`);
  });

  test("swap that the file system cannot hold is an error with a remedy", async () => {
    const error = await failureOf(provider.create("swapGb", inputs("swapGb", { "/swapfile": 1 })));
    expect(error.message).toBe(
      "2 UNKNOWN: node mini1: swapGb: " +
        "expected / on a file system that can hold swap (ext4, xfs), got overlayfs; choose a path elsewhere, as swapGb: { /data/swap: 8 }",
    );
  });

  test("a timer's command reaches sh as it is written, and nothing of a timer is left", async () => {
    const command = `printf '%s\\n' "$USER" '$HOME "q" \\ \\n %n' > /run/timed; echo "100%" | tee -a /run/timed\necho two >> /run/timed`;
    const timed = { command, schedule: "daily", user: "root", isPersistent: true };
    const clusterFile = join(temporaryFolder(), "cluster.yaml");
    await writeFile(
      clusterFile,
      stringify({ timers: { timed }, nodes: [{ name: "mini1", host: "127.0.0.1" }] }),
    );
    const { files = {}, services = {} } = loadCluster(clusterFile, stack).nodes[0]?.settings ?? {};
    const madeFiles = await provider.create(
      "files",
      inputs("files", z.record(z.string(), z.json()).parse(files)),
    );
    const madeServices = await provider.create(
      "services",
      inputs("services", z.record(z.string(), z.json()).parse(services)),
    );
    const run = "systemctl start minirack-timed.service; cat /run/timed; rm /run/timed";
    expect(await shell(run)).toBe(`root\n$HOME "q" \\ \\n %n\n100%\ntwo`);
    const left =
      "systemctl list-units --all --plain --no-legend 'minirack-timed*'; find /etc/systemd /var/lib/systemd/timers -name '*timed.*'";
    expect(await shell(left)).toContain("/var/lib/systemd/timers/stamp-minirack-timed.timer");
    const emptied = await provider.update(madeFiles, inputs("files", {})); // as when it is dropped from the file
    await provider.delete(await provider.update(madeServices, inputs("services", {})));
    await provider.delete(emptied);
    expect(await shell(left)).toBe("");
  });

  test("a timer whose time systemd does not know is named, with that time", async () => {
    const unit = "/etc/systemd/system/minirack-late.timer";
    const made = await provider.create(
      "files",
      inputs("files", { [unit]: file("[Timer]\nOnCalendar=25:00\n") }),
    );
    const wanted = { "minirack-late.timer": { isEnabled: false, isRunning: true } };
    const error = await failureOf(provider.create("services", inputs("services", wanted)));
    expect(error.message).toContain(
      'expected a time of systemd\'s calendar in minirack-late.timer, got "25:00" (Failed to parse calendar specification',
    );
    await provider.delete(made);
  });
});
