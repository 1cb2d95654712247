import { stringify } from "yaml";
import type { TestLab } from "../../support/testLab.ts";

/** What a test changes of the cluster between two `up`. */
export interface Changes {
  packages?: string[];
  files?: Record<string, { content: string }>;
}

/** The text of a cluster file with settings of many kinds, for two nodes of a lab: one let in by key, one by password. */
export function clusterText(lab: TestLab, changes: Changes = {}): string {
  const password = { config: "firstPassword" };
  const contacts = {
    mini1: { firstContact: { identityFile: "~/.ssh/id_ed25519" } },
    mini2: { sudoPassword: password, firstContact: { password } },
  };
  const nodes = Object.entries(contacts).map(([name, contact]) => ({
    name,
    host: "127.0.0.1",
    port: lab.portOf(name),
    linkAddress: { eth1: lab.linkAddressOf(name) },
    ...contact,
  }));
  return stringify(
    {
      user: "rack",
      packages: ["jq"],
      files: { "/etc/motd": { content: "A node of shelf.\n" } },
      users: { ada: {} },
      folders: { "/srv/results/": { owner: "ada:ada" } },
      timers: { clean: { command: "true", schedule: "daily" } },
      sysctl: { "net.core.somaxconn": 4096 },
      linkNames: true,
      hooks: { afterUp: { greet: { command: "logger minirack has been here" } } },
      links: { minGbps: 0.01 },
      ...changes,
      nodes,
    },
    { aliasDuplicateObjects: false },
  );
}
