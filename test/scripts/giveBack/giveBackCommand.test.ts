import { expect, test } from "vitest";
import { type GiveBackArguments, giveBackCommand } from "../../../scripts/giveBack/giveBackCommand.ts";
import { failureOf } from "../../support/failureOf.ts";

async function typed(...words: string[]): Promise<GiveBackArguments[]> {
  const parsed: GiveBackArguments[] = [];
  const command = giveBackCommand(async (given) => void parsed.push(given));
  command.exitOverride().configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: "user" });
  return parsed;
}

test("a node alone is only looked at, as stack dev's", async () => {
  expect(await typed("mini1")).toEqual([{ node: "mini1", stack: "dev" }]);
});

test("all options reach the action", async () => {
  const options = [
    "--stack",
    "shelf",
    "--config-file",
    "a.yaml",
    "--take-over",
    "0123456789abcdef",
    "--yes",
    "--json",
  ];
  expect(await typed("mini1", ...options)).toEqual([
    {
      node: "mini1",
      stack: "shelf",
      configFile: "a.yaml",
      takeOver: "0123456789abcdef",
      yes: true,
      json: true,
    },
  ]);
});

test("without a node, or with an option that it does not have, it does nothing", async () => {
  expect((await failureOf(typed())).message).toContain("missing required argument 'node'");
  expect((await failureOf(typed("mini1", "--force"))).message).toContain("unknown option '--force'");
});
