import { z } from "zod";
import { feature, installed, rootFile, running } from "./feature.ts";

const timeSyncRule = z.strictObject({
  servers: z
    .array(z.string().regex(/^[A-Za-z0-9.:-]+$/, "expected a name or an address; write one server an entry"))
    .default([])
    .describe("time servers to prefer; Debian's pool stays for when none of them answers"),
});

const sources = "/etc/chrony/sources.d/minirack.sources";
const dropIn = "/etc/systemd/system/chrony.service.d/minirack.conf";

/** The clock, by chrony. */
export const timeSync = feature({
  key: "timeSync",
  rule: timeSyncRule.describe("the right time, by chrony"),
  settings: ({ servers }) => {
    const lines = servers.map((server) => `server ${server} iburst prefer\n`).join("");
    const files = { [dropIn]: rootFile(dropInText), ...(lines !== "" && { [sources]: rootFile(lines) }) };
    return {
      packages: installed("chrony"),
      files,
      services: { "chrony.service": running(...Object.keys(files)) },
    };
  },
});

/** A container may not set the clock, which is its computer's: chronyd only measures there (-x). */
const dropInText = `# minirack: in a container chronyd measures and does not set the clock
[Unit]
ConditionCapability=
[Service]
ExecStart=
ExecStart=!/bin/sh -c 'systemd-detect-virt --container --quiet && set -- -x; exec /usr/sbin/chronyd $DAEMON_OPTS "$$@"'
`;
