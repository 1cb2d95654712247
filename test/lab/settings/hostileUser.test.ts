import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../../provider/settings/setting.ts";
import { scanHostKey } from "../../../provider/transport/hostKey.ts";
import { type LabNodeProvider, labNodeProvider } from "../../support/labNodeProvider.ts";
import { type TestLab, testLab } from "../../support/testLab.ts";
import { writeClusterFile } from "./clusterFile.ts";
import { cycleLab } from "./cycleLab.ts";

const [stack, portBase, linkSubnet] = cycleLab;
const rounds = 20;

/** Lays links, pipes and folders under the names that are written, as fast as it can. */
const race = `cd "$HOME"
end=$(($(date +%s) + 600))
while [ "$(date +%s)" -lt "$end" ] && [ ! -e /tmp/end-of-race ]; do
  ln -sfn /srv/canary/file .minirack.app.conf; ln -sfn /srv/canary/file app.conf
  rm -rf data; ln -sfn /srv/canary/folder data; rm -f data; mkdir -p data
  ln -sfn /srv/canary/file .ssh/.minirack.authorized_keys; ln -sfn /srv/canary/file .ssh/minirack.pub
  ln -sfn /srv/canary/file .ssh/.minirack.key; ln -sfn /srv/canary/file .ssh/minirack_known_hosts
  rm -f app.conf .ssh/.minirack.authorized_keys; mkfifo app.conf .ssh/.minirack.authorized_keys 2>/dev/null; rm -rf app.conf
  mkdir -p app.conf .minirack.app.conf; rm -rf app.conf .minirack.app.conf
  rm -rf deep; ln -sfn /srv/canary/folder deep; rm -f deep; mkdir -p deep
done
rm -rf app.conf data deep .minirack.* .ssh/.minirack.*
find . .ssh -maxdepth 1 ! -type f ! -type d -delete`;

const canary = `cd /srv/canary; stat -c '%n %a %u:%g %s' file folder folder/inside; sha256sum file folder/inside; ls -A . folder`;

/** What is wanted in a round; another than in the one before. */
function changes(round: number): [string, Json][] {
  const of = (owner: string) => ({ content: `${round}\n`, mode: "0600", owner });
  const files = {
    "/home/ada/app.conf": of("ada:"),
    "/home/ada/data/": { owner: "ada:", mode: round % 2 ? "0750" : "0700" },
    "/home/ada/deep/inside": of("ada:"),
    "/home/rack/app.conf": of("rack:"),
  };
  return [
    ["files", files],
    ["accounts", { "user ada": "present", "key ada/laptop": `ssh-ed25519 AAAA${round}` }],
    ["sshAccess", { clusterKey: `ssh-ed25519 AAAA${round} minirack-race`, nodeKey: "ed25519" }],
  ];
}

describe.sequential("a user who races what is written in their home", { tags: "matrix" }, () => {
  let lab: TestLab;
  let provider: LabNodeProvider;
  let inputs: (setting: string, value: Json) => Record<string, Json>;
  const shell = (script: string) => lab.on("mini1", script);

  beforeAll(async () => {
    lab = await testLab(stack, portBase, linkSubnet, ["mini1"]);
    await lab.up();
    provider = await labNodeProvider(stack, await writeClusterFile(lab));
    const [host, port] = ["127.0.0.1", lab.portOf("mini1")];
    const hostKey = await scanHostKey({ node: "mini1", host, port });
    const connection = { host, port, user: "rack", identityFile: join(lab.folder, "id_ed25519"), hostKey };
    inputs = (setting, value) => ({ node: "mini1", connection, [setting]: value });
    await shell(`useradd -m -s /bin/sh ada; runuser -u ada -- mkdir -m 700 /home/ada/.ssh
      mkdir -m 0711 /srv/canary; mkdir -m 0700 /srv/canary/folder
      (umask 077; echo of root > /srv/canary/file; : > /srv/canary/folder/inside)`);
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  test("moves nothing of root's, whatever it lays where", { timeout: 900_000 }, async () => {
    const before = await shell(canary);
    for (const user of ["ada", "rack"])
      await shell(`setsid runuser -u ${user} -- env HOME=/home/${user} sh -c '${race}' > /dev/null 2>&1 &`);
    for (let round = 1; round <= rounds; round++) {
      await Promise.allSettled(
        changes(round).map(([setting, value]) => provider.create(setting, inputs(setting, value))),
      );
      expect(await shell(canary)).toBe(before);
    }
    await shell("touch /tmp/end-of-race; while pgrep -f end-of-race > /dev/null; do sleep 0.2; done");
    for (const [setting, value] of changes(0)) await provider.create(setting, inputs(setting, value));
    expect(await shell("cat /home/ada/app.conf /home/ada/deep/inside")).toBe("0\n0");
    expect(await shell(canary)).toBe(before);
  });
});
