import { type ClusterNode, loadCluster } from "../config/cluster.ts";
import { resolveSecret, type SecretReference } from "../config/secret.ts";
import type { Identity, Properties } from "./resource.ts";
import { settingByKey } from "./settings/index.ts";
import { scanHostKey } from "./transport/hostKey.ts";

/**
 * What the program would give a resource, found from its id alone: `mini1/packages` is the packages of node mini1 in
 * the cluster file that the stack's configuration names.
 */
export async function importedInputs(
  id: string,
  identity: Identity,
  configuration: ReadonlyMap<string, string>,
): Promise<Properties> {
  const [name = "", key = "", purpose] = id.split("/");
  const file = configuration.get("clusterFile");
  if (file === undefined) {
    throw new Error(
      `import ${id}: expected minirack:clusterFile in the stack's configuration, got none; set it`,
    );
  }
  const cluster = loadCluster(file, identity.stack.split("/").at(-1) ?? "");
  const node = cluster.nodes.find((one) => one.name === name);
  if (node === undefined) {
    const names = cluster.nodes.map((one) => one.name).join(", ");
    throw new Error(
      `import ${id}: expected a node of ${file} (${names}), got "${name}"; the id is node/setting`,
    );
  }
  const secret = (reference: SecretReference) =>
    resolveSecret(reference, cluster.folder, (one) => configuration.get(one) ?? "");
  const { host, port, user, hostKey, sudoPassword } = node;
  const connection = {
    host,
    port,
    user,
    identityFile: cluster.identityFile,
    hostKey: hostKey ?? (await scanHostKey({ node: name, host, port })),
    ...(sudoPassword && { sudoPassword: secret(sudoPassword) }),
  };
  return {
    node: name,
    connection,
    ...(purpose !== undefined && { purpose }),
    [settingByKey(key).key]: wantedOf(node, key),
  };
}

function wantedOf(node: ClusterNode, key: string) {
  return node.settings[key] ?? {};
}
