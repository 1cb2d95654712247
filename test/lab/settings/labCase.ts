/** A setting in the cycle on lab nodes: what the cluster file wants of it, and a change by hand that must be told. */
export interface LabCase {
  /** Keys of the cluster file for a node that has it; nothing for what the program wants by itself. */
  declared?: Record<string, unknown> | ((node: string) => Record<string, unknown>);
  /** The one node that has it, where it changes what the Docker host has only once: `vm.*`, swap. Otherwise all have. */
  onlyOn?: string;
  /** What is done by hand, and which property must be told for it. */
  drift: Drift;
}

/** Something changed by hand, and the property that must be told for it. */
export interface Drift {
  /** POSIX sh, run on the node as root; `$peer` is another node's name. */
  script: string;
  /** Path of the property as a diff has it. */
  told: string;
}
