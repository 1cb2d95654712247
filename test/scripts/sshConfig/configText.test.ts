import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { configText, knownHostsText, type SshConfigNode } from "../../../scripts/sshConfig/configText.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const paths = { identityFile: "/home/a b/100%/dev", knownHosts: "/home/a b/100%/dev.known_hosts" };
const mini1: SshConfigNode = {
  name: "mini1",
  host: "10.0.0.1",
  port: 2201,
  user: "rack",
  hostKey: "ssh-ed25519 AAAA",
};

/** What the system's ssh makes of the text for a name. */
async function readBySsh(text: string, name: string): Promise<string[]> {
  const file = join(temporaryFolder(), "config");
  writeFileSync(file, text);
  return (await execa("ssh", ["-G", "-F", file, name])).stdout.split("\n");
}

test.each(["mini1", "mini1.dev"])("the system's ssh reads the block of %s as it is meant", async (name) => {
  expect(await readBySsh(configText("dev", [mini1], paths), name)).toEqual(
    expect.arrayContaining([
      "hostname 10.0.0.1",
      "port 2201",
      "user rack",
      "identityfile /home/a b/100%%/dev",
      "identitiesonly yes",
      "hostkeyalias mini1",
      "stricthostkeychecking true",
      "updatehostkeys false",
      "serveraliveinterval 60",
      "serveralivecountmax 3",
      "compression no",
    ]),
  );
});

test("what goes over the air is compressed, what goes over a cable is not", async () => {
  const nodes = [mini1, { ...mini1, name: "mini2", connectionType: "wifi" as const }];
  const text = configText("dev", nodes, paths);
  expect(await readBySsh(text, "mini2")).toContain("compression yes");
  expect(await readBySsh(text, "mini1")).toContain("compression no");
});

test("known hosts are the names that HostKeyAlias looks for", () => {
  expect(knownHostsText([mini1])).toBe("mini1 ssh-ed25519 AAAA\n");
});
