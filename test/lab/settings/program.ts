import { expect } from "vitest";
import { type ClusterNode, loadCluster } from "../../../config/cluster.ts";
import { resolveSecret, type SecretReference } from "../../../config/secret.ts";
import { withSecrets } from "../../../config/secretText.ts";
import { clusterKey } from "../../../provider/clusterKey.ts";
import type { Properties } from "../../../provider/resource.ts";
import { scanHostKey } from "../../../provider/transport/hostKey.ts";
import type { Kept } from "../../support/labNodeProvider.ts";

/** What the program gives the resources of one node. */
export interface ProgramNode {
  name: string;
  /** What each of them is given: `node` and `connection`. */
  base: Properties;
  /** Resource (`packages`, `files/notes`) → all its inputs, without peers, who are not known yet. */
  wanted: Map<string, Properties>;
  linkAddress: string;
  user: string;
  hostKey: string;
}

/** Files with a purpose, as a runner has them. */
const notes = { "/opt/notes/today.txt": { content: "one\ntwo\n", mode: "0640", owner: "root:root" } };

/** The nodes of a cluster file, with the inputs that the components would register; makes the cluster's key. */
export async function programNodes(file: string, stack: string): Promise<ProgramNode[]> {
  const cluster = loadCluster(file, stack);
  const { identityFile } = cluster;
  const { state } = await clusterKey.create(
    { identityFile, comment: `minirack-${stack}` },
    { stack, name: "ssh-key" },
  );
  const programNode = async (node: ClusterNode): Promise<ProgramNode> => {
    const { name, host, port, user, settings, firstContact } = node;
    const hostKey = await scanHostKey({ node: name, host, port });
    const secret = (reference: SecretReference) =>
      resolveSecret(reference, cluster.folder, (one) =>
        expect.fail(`expected a secret in a file, got ${one}`),
      );
    const sudoPassword = node.sudoPassword && secret(node.sudoPassword);
    const connection = { host, port, user, identityFile, hostKey, ...(sudoPassword && { sudoPassword }) };
    const base = { node: name, connection, stackId: state.stackId ?? "" };
    const password = firstContact?.password && secret(firstContact.password);
    const contact: Properties = password ? { password } : { identityFile: firstContact?.identityFile ?? "" };
    const sshAccess = { clusterKey: state.publicKey ?? "", nodeKey: "ed25519" };
    const own = Object.entries(settings).map(([key, wanted]) => {
      const value = withSecrets<string>(wanted, ({ references, render }) => render(references.map(secret)));
      return [key, { ...base, [key]: value }] as const;
    });
    const wanted = new Map<string, Properties>([
      ["sshAccess", { ...base, firstContact: contact, sshAccess }],
      ...own,
      ["files/notes", { ...base, purpose: "notes", files: notes }],
    ]);
    const linkAddress = String(settings.linkAddress?.eth1).split("/")[0] ?? "";
    return { name, base, wanted, linkAddress, user, hostKey };
  };
  return await Promise.all(cluster.nodes.map(programNode));
}

/** The peers of a node, of what every node's `sshAccess` found out. */
export function peersOf(node: ProgramNode, all: ProgramNode[], access: Map<string, Kept>): Properties {
  const others = all.filter(({ name }) => name !== node.name);
  const entries = others.map(({ name, linkAddress, user, hostKey }) => {
    const { sshdPort, nodePublicKey } = access.get(name)?.state ?? {};
    const publicKey = String(nodePublicKey).split(" ").slice(0, 2).join(" ");
    return [name, { address: linkAddress, port: sshdPort ?? 22, user, hostKey, publicKey }] as const;
  });
  return { ...node.base, peers: Object.fromEntries(entries) };
}
