import type { RemoteResult } from "../../runners/notebook/run/runRemote.ts";
import type { RunResult } from "../../runners/training/launch/launchTraining.ts";
import type { PreparedPulumi } from "../pulumi/prepare.ts";

/** The stack of `npm start`. */
export const stack = "dev";

/** What one step leaves to the next. */
export interface Context {
  prepared?: PreparedPulumi;
  run?: RunResult;
  notebook?: RemoteResult;
}

/** A step as a person sees it: its title, and the line that is under it while it works. */
export interface Step {
  output: string;
  title: string;
}

/** Shows a step's lines under it. */
export function sayIn(step: Step): (line: string) => void {
  return (line) => {
    step.output = line;
  };
}
