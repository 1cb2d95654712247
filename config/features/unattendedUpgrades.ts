import { z } from "zod";
import { feature, installed, rootFile, running } from "./feature.ts";

const rule = z.strictObject({
  rebootTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day, as 04:30; write it in quotes")
    .optional()
    .describe("time of day at which a node reboots that needs it; it never does when left out"),
});

const file = (content: string) => rootFile(`// minirack\n${content}`);

/** Debian's security updates, each day. */
export const unattendedUpgrades = feature({
  key: "unattendedUpgrades",
  rule: rule.describe("security updates each day"),
  settings: ({ rebootTime }) => ({
    packages: installed("unattended-upgrades"),
    files: {
      "/etc/apt/apt.conf.d/20auto-upgrades": file(
        'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n',
      ),
      "/etc/apt/apt.conf.d/52minirack-unattended-upgrades": file(rebootText(rebootTime)),
    },
    services: { "apt-daily.timer": running(), "apt-daily-upgrade.timer": running() },
  }),
});

function rebootText(time?: string): string {
  if (time === undefined) return 'Unattended-Upgrade::Automatic-Reboot "false";\n';
  return `Unattended-Upgrade::Automatic-Reboot "true";\nUnattended-Upgrade::Automatic-Reboot-Time "${time}";\n`;
}
