import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode, Cluster as ClusterSpec } from "../config/cluster.ts";
import { resolveSecret, type SecretReference } from "../config/secret.ts";
import type { TrainingFile } from "../runners/training/trainingCode.ts";
import { AfterUpHook } from "./hooks.ts";
import { type LinkableNode, Links } from "./links.ts";
import { Mpi } from "./mpi.ts";
import { Node } from "./node.ts";
import { NotebookRunner } from "./notebookRunner.ts";
import { type ReachableNode, SshAccess, type SshNode } from "./sshAccess.ts";
import type { Survivor } from "./survivor.ts";
import { TrainingRunner } from "./trainingRunner.ts";

/** A node of the cluster file, with what reaches it. */
interface MadeNode extends LinkableNode {
  component: Node;
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
  readonly notebook: NotebookRunner | undefined;
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
    const secret = (reference: SecretReference) => this.secret(reference);
    const made = settable.map((node) => {
      const reachable = reachableNode(access, node.name);
      const component = new Node({ node, reachable, secret }, { parent: this });
      return { node, reachable, component, settings: component.settings };
    });
    this.links = new Links("links", { nodes: made }, { parent: this });
    const exchange = this.mpi(made);
    if (cluster.links !== undefined) this.links.measure(cluster.links, exchange ? [exchange] : []);
    this.training = this.trainingRunner(made);
    this.notebook = this.notebookRunner(made);
    for (const one of made) this.hooks(one);
    tellLater(cluster.nodes.filter((node) => !settable.includes(node)));
    this.registerOutputs();
  }

  private hooks({ node, reachable, component }: MadeNode): void {
    const settings = [...component.settings.values(), ...(this.links.ready.get(node.name) ?? [])];
    const options = { parent: component, dependsOn: [reachable.access, ...settings] };
    for (const [name, hook] of Object.entries(node.hooks.afterUp))
      new AfterUpHook(reachable, name, hook, options);
  }

  private mpi(made: MadeNode[]): Survivor | undefined {
    const { mpi } = this.args.cluster;
    if (mpi === undefined) return undefined;
    const nodes = made.flatMap(({ node, reachable, settings }) => {
      const link = this.links.ends.find((end) => end.node === node.name);
      if (!mpi.nodes.includes(node.name) || link === undefined) return [];
      const needed = ["packages", "files"].flatMap((key) => settings.get(key) ?? []);
      const dependsOn = [...(this.links.ready.get(node.name) ?? []), ...needed];
      return [{ reachable, link, dependsOn }];
    });
    return new Mpi("mpi", { mpi, nodes }, { parent: this }).exchange;
  }

  private trainingRunner(made: MadeNode[]): TrainingRunner | undefined {
    const { training } = this.args.cluster;
    if (training === undefined) return undefined;
    const trainers = made.flatMap(({ node, reachable, settings }) => {
      const link = this.links.ends.find((end) => end.node === node.name);
      if (node.role !== training.role || link === undefined) return [];
      const environment = settings.get("pythonEnvironment");
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

  private notebookRunner(made: MadeNode[]): NotebookRunner | undefined {
    const { notebook } = this.args.cluster;
    if (notebook === undefined) return undefined;
    const nodes = made
      .filter(({ node }) => notebook.nodes.includes(node.name))
      .map(({ node, reachable, settings }) => ({
        reachable,
        data: node.data,
        ready: [...settings.values()],
      }));
    return new NotebookRunner("notebook", { notebook, nodes }, { parent: this });
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
