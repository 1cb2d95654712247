import type { BenchTool } from "../benchTool.ts";
import { ansible } from "./ansible.ts";
import { minirack } from "./minirack.ts";
import { pulumiCommand } from "./pulumiCommand.ts";
import { pyinfra } from "./pyinfra.ts";
import { rawSsh } from "./rawSsh.ts";

export const toolNames = ["minirack", "pyinfra", "ansible", "rawSsh", "pulumiCommand"] as const;
export type ToolName = (typeof toolNames)[number];

/** Everything that can be timed. */
export const tools: Record<ToolName, () => BenchTool> = { minirack, pyinfra, ansible, rawSsh, pulumiCommand };
