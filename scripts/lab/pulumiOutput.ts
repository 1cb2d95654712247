import type { LabStack } from "./labStack.ts";

/** execa's options for Pulumi's output: as it comes, or kept, in which case an error's message has it. */
export function pulumiOutput(output: LabStack["output"] = "kept") {
  const stream = output === "shown" ? "inherit" : "pipe";
  return { stdin: "ignore", stdout: stream, stderr: stream } as const;
}
