import { expect, test } from "vitest";
import { type LinksArguments, linksCommand } from "../../../scripts/measureLinks/linksCommand.ts";

async function typed(...words: string[]): Promise<LinksArguments[]> {
  const parsed: LinksArguments[] = [];
  await linksCommand(async (given) => void parsed.push(given)).parseAsync(words, { from: "user" });
  return parsed;
}

test("links takes nodes, a stack and how to print", async () => {
  expect(await typed()).toEqual([{ nodes: [], stack: "dev" }]);
  expect(await typed("mini1", "mini2", "--stack", "shelf", "--json")).toEqual([
    { nodes: ["mini1", "mini2"], stack: "shelf", json: true },
  ]);
});
