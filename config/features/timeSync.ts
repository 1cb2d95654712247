import { z } from "zod";
import { feature, installed, rootFile, running } from "./feature.ts";

const timeSyncRule = z.strictObject({
  servers: z
    .array(z.string().regex(/^[A-Za-z0-9.:-]+$/, "expected a name or an address; write one server an entry"))
    .default([])
    .describe("time servers to prefer; Debian's pool stays for when none of them answers"),
});

const config = "/etc/chrony/minirack.conf";
const dropIn = "/etc/systemd/system/chrony.service.d/minirack.conf";

/** The clock, by chrony. */
export const timeSync = feature({
  key: "timeSync",
  rule: timeSyncRule.describe("the right time, by chrony"),
  settings: ({ servers }) => {
    const hasServers = servers.length > 0;
    const files = {
      [dropIn]: rootFile(dropInText(hasServers)),
      ...(hasServers && { [config]: rootFile(configText(servers)) }),
    };
    return {
      packages: installed("chrony"),
      files,
      services: { "chrony.service": running(...Object.keys(files)) },
    };
  },
});

/** One of our own, which begins with the node's: that may read no other folder. */
function configText(servers: string[]): string {
  const lines = servers.map((server) => `server ${server} iburst prefer\n`).join("");
  return `# minirack: the servers that are preferred, besides what chrony.conf says\ninclude /etc/chrony/chrony.conf\n${lines}`;
}

/** A container may not set the clock, which is its computer's: chronyd only measures there (-x). */
function dropInText(hasServers: boolean): string {
  const options = hasServers ? `$DAEMON_OPTS -f ${config}` : "$DAEMON_OPTS";
  return `# minirack: in a container chronyd measures and does not set the clock
[Unit]
ConditionCapability=
[Service]
ExecStart=
ExecStart=!/bin/sh -c 'systemd-detect-virt --container --quiet && set -- -x; exec /usr/sbin/chronyd ${options} "$$@"'
`;
}
