import * as pulumi from "@pulumi/pulumi";
import type { DataFolder } from "../config/dataFolders.ts";
import { type Notebook, runsFolder } from "../config/notebook.ts";
import { uvProgram } from "../provider/settings/pythonEnvironment.ts";
import type { ConnectionArgs } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

/** What `NotebookRunner` is given. */
export interface NotebookRunnerArgs {
  notebook: Notebook;
  /** Its nodes, and what must be true on them before they can run anything. */
  nodes: { reachable: ReachableNode; data: Record<string, DataFolder>; ready: pulumi.CustomResource[] }[];
}

/** What `scripts/run-remote.sh` needs to start a run. */
export interface NotebookOutputs {
  baseImage: string;
  nodes: {
    name: string;
    connection: Omit<ConnectionArgs, "sudoPassword">;
    runsFolder: string;
    /** uv's path, where runs without a container are possible. */
    uv?: string;
    data: Record<string, DataFolder>;
  }[];
}

/**
 * Notebooks and scripts on the cluster's nodes. What nodes need for them (a folder for runs, a timer that prunes images, uv) are settings
 * of theirs like all others; this says where runs may go.
 */
export class NotebookRunner extends pulumi.ComponentResource {
  readonly outputs: pulumi.Output<pulumi.Unwrap<NotebookOutputs>>;

  constructor(
    name: string,
    { notebook, nodes }: NotebookRunnerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("minirack:index:NotebookRunner", name, {}, options);
    const uv = notebook.isNative ? { uv: uvProgram } : {};
    const outputs: NotebookOutputs = {
      baseImage: notebook.baseImage,
      nodes: nodes.map(({ reachable, data }) => {
        const { sudoPassword: _, ...connection } = reachable.connection;
        return { name: reachable.name, connection, runsFolder, ...uv, data };
      }),
    };
    const done = pulumi.all(nodes.flatMap(({ ready }) => ready.map(({ id }) => id)));
    this.outputs = pulumi.all([pulumi.output(outputs), done]).apply(([ready]) => ready);
    this.registerOutputs({ notebook: this.outputs });
  }
}
