import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../../scripts/lab/labStack.ts";
import type { TestClusterArgs } from "../../support/testCluster.ts";

export const operations: TestClusterArgs = {
  stack: "devqf",
  clusterFile: ".minirack/test/operations.yaml",
  lab: ["labqf", 3600, "172.31.26.0/24"],
};

/** A unit that says something all the time, as no unit of a fresh node does. */
const ticker = `files:
  /etc/systemd/system/ticker.service:
    content: |
      [Service]
      ExecStart=/bin/sh -c 'while :; do echo tick; sleep 0.2; done'
      [Install]
      WantedBy=multi-user.target
services:
  ticker.service: {}
`;

/** MPI on the two nodes with one Debian release; a hook that leaves a line each time it runs. */
const mpiAndHooks = `mpi: { nodes: [mini1, mini2] }
hooks:
  afterUp:
    greet: { command: "whoami >> ~/greeted" }
`;

/** Three nodes with links that are measured; the cluster's key beside the lab's, so that no test needs a home folder. */
export async function writeClusterFile(more = "", links = "{}"): Promise<void> {
  const [lab, portBase, subnet] = operations.lab;
  const contact = [
    `firstContact: { identityFile: ../${lab}/id_ed25519 }`,
    `firstContact: { identityFile: ../${lab}/id_ed25519 }\n    sudoPassword: { file: ../${lab}/password }`,
    `firstContact: { password: { file: ../${lab}/password } }`,
  ];
  const nodes = contact.map(
    (one, index) => `  - name: mini${index + 1}
    host: 127.0.0.1
    port: ${portBase + 1 + index}
    linkAddress: { eth1: ${subnet.replace("0/24", `${11 + index}/24`)} }
    ${one}\n`,
  );
  const text = `user: rack
identityFile: ../${operations.stack}/key
${more}${ticker}links: ${links}
nodes:
${nodes.join("")}${mpiAndHooks}`;
  await writeFile(join(root, operations.clusterFile), text);
}
