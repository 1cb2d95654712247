import { expect, test } from "vitest";
import { type StackArguments, stackCommand } from "../../../scripts/stack/stackCommand.ts";
import { failureOf } from "../../support/failureOf.ts";

async function typed(...words: string[]): Promise<StackArguments> {
  const parsed: StackArguments[] = [];
  const command = stackCommand(async (given) => void parsed.push(given));
  command.exitOverride().configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: "user" });
  const [first] = parsed;
  if (first === undefined) throw new Error("expected the command to act, got nothing");
  return first;
}

test("a command alone is stack dev's, for all nodes", async () => {
  expect(await typed("up")).toEqual({ command: "up", others: [], node: [], stack: "dev" });
});

test("nodes are gathered, and what is not ours is Pulumi's", async () => {
  const words = ["--node", "mini1", "--node", "mini2", "--stack", "shelf", "--config-file", "a.yaml"];
  expect(await typed("preview", ...words, "--refresh", "--diff")).toEqual({
    command: "preview",
    node: ["mini1", "mini2"],
    stack: "shelf",
    configFile: "a.yaml",
    others: ["--refresh", "--diff"],
  });
});

test("another command is refused by name", async () => {
  expect((await failureOf(typed("import"))).message).toContain(
    "'import' is invalid for argument 'command'. Allowed choices are up, preview, refresh, destroy.",
  );
});
