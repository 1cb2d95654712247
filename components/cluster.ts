import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode, Cluster as ClusterSpec } from "../config/cluster.ts";
import { resolveSecret, type SecretReference } from "../config/secret.ts";
import type { TrainingFile } from "../runners/training/trainingCode.ts";
import { AfterUpHook } from "./hooks.ts";
import { Links } from "./links.ts";
import { Mpi } from "./mpi.ts";
import { Node } from "./node.ts";
import { type ReachableNode, SshAccess, type SshNode } from "./sshAccess.ts";
import { TrainingRunner } from "./trainingRunner.ts";

/** A node of the cluster file, with what reaches it. */
interface Reached {
  node: ClusterNode;
  reachable: ReachableNode;
}

/** What `Cluster` is given. */
export interface ClusterArgs {
  cluster: ClusterSpec;
  stack: string;
  /** The stack's configuration, for secrets that the file names as `{ config: … }`. */
  config: pulumi.Config;
  trainingCode: TrainingFile[];
}

/** A whole cluster file: access, nodes, links, Python environments and runners, in that order where order is real. */
export class Cluster extends pulumi.ComponentResource {
  readonly links: Links;
  readonly training: TrainingRunner | undefined;
  private readonly args: ClusterArgs;

  constructor(name: string, args: ClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("minirack:index:Cluster", name, {}, options);
    this.args = args;
    const { cluster, stack } = args;
    const settable = cluster.nodes.filter(({ os }) => os === "linux");
    const nodes = settable.map((node) => this.withSecrets(node));
    const access = new SshAccess(
      "ssh",
      { identityFile: cluster.identityFile, stack, nodes },
      { parent: this },
    );
    const reached = settable.map((node) => ({ node, reachable: reachableNode(access, node.name) }));
    const components = new Map(
      reached.map(({ node, reachable }) => {
        const secret = (reference: SecretReference) => this.secret(reference);
        return [node.name, new Node({ node, reachable, secret }, { parent: this })];
      }),
    );
    const linked = reached.map((one) => ({
      ...one,
      address: components.get(one.node.name)?.settings.get("linkAddress"),
    }));
    this.links = new Links("links", { nodes: linked }, { parent: this });
    this.mpi(reached, components);
    this.training = this.trainingRunner(reached, components);
    for (const one of reached) this.hooks(one, components);
    tellLater(cluster.nodes.filter((node) => !settable.includes(node)));
    this.registerOutputs();
  }

  private hooks({ node, reachable }: Reached, components: ReadonlyMap<string, Node>): void {
    const component = components.get(node.name);
    const settings = [...(component?.settings.values() ?? []), ...(this.links.ready.get(node.name) ?? [])];
    const options = { parent: component ?? this, dependsOn: [reachable.access, ...settings] };
    for (const [name, hook] of Object.entries(node.hooks.afterUp))
      new AfterUpHook(reachable, name, hook, options);
  }

  private mpi(reached: Reached[], components: ReadonlyMap<string, Node>): void {
    const { mpi } = this.args.cluster;
    if (mpi === undefined) return;
    const nodes = reached.flatMap(({ node, reachable }) => {
      const link = this.links.ends.find((end) => end.node === node.name);
      if (!mpi.nodes.includes(node.name) || link === undefined) return [];
      const { settings } = components.get(node.name) ?? {};
      const needed = ["packages", "files"].flatMap((key) => settings?.get(key) ?? []);
      const dependsOn = [...(this.links.ready.get(node.name) ?? []), ...needed];
      return [{ reachable, link, dependsOn }];
    });
    new Mpi("mpi", { mpi, nodes }, { parent: this });
  }

  private trainingRunner(
    reached: Reached[],
    components: ReadonlyMap<string, Node>,
  ): TrainingRunner | undefined {
    const { training } = this.args.cluster;
    if (training === undefined) return undefined;
    const trainers = reached.flatMap(({ node, reachable }) => {
      const link = this.links.ends.find((end) => end.node === node.name);
      if (node.role !== training.role || link === undefined) return [];
      const environment = components.get(node.name)?.settings.get("pythonEnvironment");
      const dependsOn = [...(this.links.ready.get(node.name) ?? []), ...(environment ? [environment] : [])];
      return [{ reachable, link, dependsOn }];
    });
    const { environment } = training;
    return new TrainingRunner(
      "training",
      { environment, trainers, code: this.args.trainingCode },
      { parent: this },
    );
  }

  private withSecrets(node: ClusterNode): SshNode {
    const { sudoPassword, firstContact } = node;
    return {
      node,
      sudoPassword: sudoPassword && this.secret(sudoPassword),
      firstContact: firstContact && {
        ...(firstContact.password && { password: this.secret(firstContact.password) }),
        ...(firstContact.identityFile && { identityFile: firstContact.identityFile }),
      },
    };
  }

  private secret(reference: SecretReference): pulumi.Output<string> {
    const { cluster, config } = this.args;
    return pulumi.secret(resolveSecret(reference, cluster.folder, (name) => config.requireSecret(name)));
  }
}

function tellLater(nodes: ClusterNode[]): void {
  if (nodes.length === 0) return;
  const names = nodes.map(({ name }) => name).join(", ");
  void pulumi.log.info(`${names}: macos comes later: nothing is set there yet`);
}

function reachableNode(access: SshAccess, name: string): ReachableNode {
  const node = access.nodes.get(name);
  if (node === undefined) throw new Error(`expected node ${name} in SshAccess, got none`);
  return node;
}
