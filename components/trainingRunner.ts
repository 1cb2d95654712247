import * as pulumi from "@pulumi/pulumi";
import type { LinkEnd } from "../config/linkEnd.ts";
import { environmentPython } from "../provider/settings/pythonEnvironment.ts";
import { type TrainingFile, trainingCodeHash } from "../runners/training/trainingCode.ts";
import { type ConnectionArgs, NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

const directory = "/opt/minirack/training";

/** A node that trains. */
export interface Trainer {
  reachable: ReachableNode;
  link: LinkEnd;
  /** What must be true before it can train. */
  dependsOn: pulumi.Resource[];
}

/** What `TrainingRunner` is given. */
export interface TrainingRunnerArgs {
  /** Python environment that runs it. */
  environment: string;
  trainers: Trainer[];
  code: TrainingFile[];
}

/** What `scripts/launch` needs to start a run. */
export interface TrainingOutputs {
  nodes: {
    name: string;
    linkAddress: string;
    interface: string;
    connection: Omit<ConnectionArgs, "sudoPassword">;
  }[];
  directory: string;
  python: string;
  codeHash: string;
}

/** Data-parallel training over the links: its code on every trainer, and what a run needs to know. */
export class TrainingRunner extends pulumi.ComponentResource {
  readonly outputs: pulumi.Output<pulumi.Unwrap<TrainingOutputs>>;

  constructor(name: string, args: TrainingRunnerArgs, options?: pulumi.ComponentResourceOptions) {
    super("minirack:index:TrainingRunner", name, {}, options);
    const deployed = args.trainers.map((trainer) => this.deploy(trainer, args.code));
    const nodes = args.trainers.map(({ reachable, link }) => {
      const { sudoPassword: _, ...connection } = reachable.connection;
      return { name: link.node, linkAddress: link.address, interface: link.interface, connection };
    });
    const python = environmentPython(args.environment);
    const outputs: TrainingOutputs = { nodes, directory, python, codeHash: trainingCodeHash(args.code) };
    const done = pulumi.all(deployed.map(({ id }) => id));
    this.outputs = pulumi.all([pulumi.output(outputs), done]).apply(([ready]) => ready);
    this.registerOutputs({ training: this.outputs });
  }

  private deploy({ reachable, dependsOn }: Trainer, code: TrainingFile[]): NodeSetting {
    const entry = (content: string) => ({ content, mode: "0644", owner: "root:root" });
    const value = Object.fromEntries(
      code.map(({ path, content }) => [`${directory}/${path}`, entry(content)]),
    );
    const setting = { node: reachable, key: "files", value, purpose: "training" };
    return new NodeSetting(setting, { parent: this, dependsOn: [reachable.access, ...dependsOn] });
  }
}
