import { expect, test } from "vitest";
import { rebootCommand } from "../../../scripts/rebootNodes/rebootCommand.ts";
import { failureOf } from "../../support/failureOf.ts";

async function typed(...words: string[]): Promise<object[]> {
  const parsed: object[] = [];
  const command = rebootCommand(async (given) => void parsed.push(given));
  command.exitOverride().configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: "user" });
  return parsed;
}

test("takes nodes, or rolls over all", async () => {
  const usual = { node: [], stack: "dev", timeout: 600 };
  expect(await typed("--rolling", "--if-required")).toEqual([{ ...usual, rolling: true, ifRequired: true }]);
  expect(await typed("--node", "a", "--node", "b", "--timeout", "60")).toEqual([
    { ...usual, node: ["a", "b"], timeout: 60 },
  ]);
});

test("takes down no cluster that nobody named", async () => {
  expect((await failureOf(typed())).message).toContain(
    "expected nodes: --node NAME, --node all, or --rolling",
  );
});
