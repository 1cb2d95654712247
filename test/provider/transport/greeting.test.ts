import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AfterGreeting,
  announced,
  openingMark,
  withoutGreeting,
} from "../../../provider/transport/greeting.ts";
import { runProgram } from "../../support/realShell.ts";

async function heard(...chunks: Buffer[]) {
  const after = new AfterGreeting();
  const passed = buffer(after);
  for (const chunk of chunks) after.write(chunk);
  after.end();
  return { text: (await passed).toString(), hasBegun: after.hasBegun, greeting: after.greeting };
}

describe("what a login shell prints before a command", () => {
  test.each([
    ["a line", "Welcome to mini1\n"],
    ["a line without an end", "Welcome"],
    ["nothing", ""],
  ])("%s is no part of its answer", async (_what, greeting) => {
    const { stdout, stderr } = await runProgram(
      ["sh", "-c", `printf %s '${greeting}'; printf %s '${greeting}' >&2; ${announced("sh -s")}`],
      "echo out\necho err >&2\n",
    );
    expect([await heard(Buffer.from(stdout)), withoutGreeting(stderr)]).toEqual([
      { text: "out\n", hasBegun: true, greeting: greeting.trim() },
      "err\n",
    ]);
  });

  test("is found wherever packets end", async () => {
    const whole = Buffer.from(`hello\n${openingMark}answer ${openingMark}`);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (at) => {
        const { text, greeting } = await heard(whole.subarray(0, at), whole.subarray(at));
        expect([text, greeting]).toEqual([`answer ${openingMark}`, "hello"]);
      }),
    );
  });

  test("that runs no command has not begun, and is what it said", async () => {
    const said = "This account is currently not available.\n";
    expect(await heard(Buffer.from(said))).toEqual({ text: "", hasBegun: false, greeting: said.trim() });
  });
});
