import type { OpenNode } from "../../../provider/transport/openNode.ts";
import type { Parameters } from "./parameters.ts";
import type { Training } from "./training.ts";

/** What to launch, and who is told. */
export interface LaunchOptions {
  /** The project's folder. */
  root: string;
  stack: string;
  domain: string;
  parameters: Parameters;
  /** Runs again although a finished run with the same key is there. */
  force: boolean;
  /** Takes each line for a person as it comes. */
  print: (line: string) => void;
  /** Starts it and comes back at once. */
  isDetached: boolean;
  /** Leaves the run to itself when aborted. */
  signal?: AbortSignal | undefined;
}

/** The outside world, replaced in tests. */
export interface LaunchWorld {
  readTraining(root: string, stack: string): Promise<Training>;
  openNode(
    target: Pick<Training["nodes"][number], "name" | "connection">,
  ): Promise<Pick<OpenNode, "run" | "download" | "close">>;
}
