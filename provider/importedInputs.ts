import { type Cluster, type ClusterNode, loadCluster } from "../config/cluster.ts";
import { resolveSecret, type SecretReference } from "../config/secret.ts";
import { withSecrets } from "../config/secretText.ts";
import { clusterKeyLine } from "./clusterKey.ts";
import { trustedHostKey } from "./pinnedHostKeys.ts";
import type { Identity, Properties } from "./resource.ts";
import type { FoundInputs } from "./settingResource.ts";
import { settingByKey } from "./settings/index.ts";
import { stackIdOf } from "./stackIdentity.ts";
import { expandHome } from "./transport/connection.ts";

/**
 * What the program would give a resource, found from its id alone: `mini1/packages` is the packages of node mini1 in
 * the cluster file that the stack's configuration names. Peers come from other nodes and files with a purpose from a
 * runner: their names are those of the node's own record.
 */
export async function importedInputs(
  id: string,
  identity: Identity,
  configuration: ReadonlyMap<string, string>,
): Promise<FoundInputs> {
  const [name = "", key = "", purpose] = id.split("/");
  const stack = identity.stack.split("/").at(-1) ?? "";
  const remedy = "the id is node/setting";
  const { cluster, node, secret } = findNode({ name, stack, subject: `import ${id}`, remedy }, configuration);
  const setting = settingByKey(key).key;
  const secrets: string[][] = [];
  const wanted = purpose === undefined ? (node.settings[setting] ?? {}) : {};
  const plain = withSecrets(wanted, ({ references, render }, path) => {
    secrets.push([setting, ...path]);
    return render(references.map(secret));
  });
  const inputs = {
    node: name,
    connection: await connectionTo(node, { stack, cluster, secret }),
    stackId: stackIdOf(stack),
    ...(purpose !== undefined && { purpose }),
    ...(setting === "sshAccess" && firstContactOf(node, secret)),
    [setting]: setting === "sshAccess" ? await access(cluster, stack) : plain,
  };
  return { inputs, secrets };
}

/**
 * How a node is reached by what the cluster file says: `node`, `connection`, `firstContact`.
 * @param pinned the host key that the state has; without it the pinned one, at first contact the one that the node shows
 */
export async function reachedByFile(
  name: string,
  stack: string,
  configuration: ReadonlyMap<string, string>,
  pinned?: string,
): Promise<Properties> {
  const remedy = "correct its name";
  const { cluster, node, secret } = findNode(
    { name, stack, subject: `stack ${stack}`, remedy },
    configuration,
  );
  const known = { ...node, hostKey: node.hostKey ?? pinned };
  const connection = await connectionTo(known, { stack, cluster, secret });
  return { node: name, connection, ...firstContactOf(node, secret) };
}

function findNode(
  { name, stack, subject, remedy }: { name: string; stack: string; subject: string; remedy: string },
  configuration: ReadonlyMap<string, string>,
): { cluster: Cluster; node: ClusterNode; secret: Resolve } {
  const file = configuration.get("clusterFile");
  if (file === undefined) {
    throw new Error(
      `${subject}: expected minirack:clusterFile in the stack's configuration, got none; set it`,
    );
  }
  const cluster = loadCluster(file, stack);
  const node = cluster.nodes.find((one) => one.name === name);
  if (node === undefined) {
    const names = cluster.nodes.map((one) => one.name).join(", ");
    throw new Error(`${subject}: expected a node of ${file} (${names}), got "${name}"; ${remedy}`);
  }
  const secret = (reference: SecretReference) =>
    resolveSecret(reference, cluster.folder, (one) => configuration.get(one) ?? "");
  return { cluster, node, secret };
}

type Resolve = (reference: SecretReference) => string;

async function connectionTo(
  node: ClusterNode,
  { stack, cluster, secret }: { stack: string; cluster: Cluster; secret: Resolve },
): Promise<Properties> {
  const { name, host, port, user, hostKey, sudoPassword } = node;
  return {
    host,
    port,
    user,
    identityFile: cluster.identityFile,
    hostKey: hostKey ?? (await trustedHostKey(stack, { node: name, host, port })),
    ...(sudoPassword && { sudoPassword: secret(sudoPassword) }),
  };
}

function firstContactOf({ firstContact }: ClusterNode, secret: Resolve): Properties {
  if (firstContact === undefined) return {};
  const { password, identityFile } = firstContact;
  return {
    firstContact: { ...(password && { password: secret(password) }), ...(identityFile && { identityFile }) },
  };
}

/** As `components/sshAccess.ts` has it: what is let in is the key that lies on this controller. */
async function access({ identityFile }: Cluster, stack: string): Promise<Properties> {
  const clusterKey = await clusterKeyLine(expandHome(identityFile), `minirack-${stack}`);
  return { clusterKey, nodeKey: "ed25519" };
}
