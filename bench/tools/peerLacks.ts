import type { BenchTool } from "../benchTool.ts";

/** What tools without a memory of what they made do not have. */
export const peerLacks: BenchTool["lacks"] = {
  upNothingToChange: "it has no look apart: its nothingToChange is this",
  teardown: "it does not know what was there before",
};
