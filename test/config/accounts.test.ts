import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCluster } from "../../config/cluster.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

function accountsOf(yaml: string): unknown {
  const file = join(temporaryFolder(), "cluster.yaml");
  writeFileSync(file, yaml);
  return loadCluster(file, "shelf").nodes[0]?.settings.accounts;
}

test("users and groups are an entry for each thing that is said of them; a node's own are added", () => {
  const accounts = accountsOf(`
user: rack
docker: {}
groups: { quant: { gid: 2000 }, lab: {} }
users:
  ada: { groups: [quant], shell: /bin/sh, comment: Ada, authorizedKeys: [ssh-ed25519 AAAA ada@laptop] }
  feed: { isSystem: true }
nodes:
  - { name: mini1, host: 10.0.0.1, users: { ada: { uid: 1500, shell: /bin/zsh, home: /data/ada } } }
`);
  expect(accounts).toEqual({
    "group quant": 2000,
    "group lab": "present",
    "user ada": 1500,
    "shell ada": "/bin/zsh",
    "home ada": "/data/ada",
    "comment ada": "Ada",
    "member quant/ada": "member",
    "key ada/ada@laptop": "ssh-ed25519 AAAA",
    "user feed": "system",
    "member docker/rack": "member",
  });
});
