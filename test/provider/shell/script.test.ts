import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sectionedScript } from "../../../provider/shell/script.ts";
import { hasLinuxShell, runShell } from "../../support/realShell.ts";

async function answersOf(...texts: string[]) {
  const script = sectionedScript(texts.map((text) => ({ text })));
  const { stdout } = await runShell(script.text);
  return { answers: script.parse(stdout), isWhole: script.isWhole(stdout) };
}

describe.runIf(hasLinuxShell)("a script of sections", () => {
  test("answers each on its own, in order", async () => {
    expect(await answersOf("echo one", "printf two", "echo")).toEqual({
      isWhole: true,
      answers: ["one\n", "two", "\n"].map((stdout) => ({ code: 0, stdout, stderr: "" })),
    });
  });

  test("goes on after one that failed, and has its last words", async () => {
    const { answers, isWhole } = await answersOf(
      "echo a\nfalse\necho b",
      "nonsense 2>&1 >&2 || exit 7",
      "echo c",
    );
    expect(isWhole).toBe(true);
    expect(answers[0]).toEqual({ code: 1, stdout: "a\n", stderr: "" });
    expect(answers[1]?.code).toBe(7);
    expect(answers[2]).toEqual({ code: 0, stdout: "c\n", stderr: "" });
  });

  test("keeps stderr apart from stdout", async () => {
    const { answers } = await answersOf("echo out; echo 'é lost' >&2");
    expect(answers).toEqual([{ code: 0, stdout: "out\n", stderr: "é lost" }]);
  });

  test("an unset variable ends its section alone", async () => {
    const { answers } = await answersOf('echo "$never_set"', "echo fine");
    expect(answers.map((one) => one?.code === 0)).toEqual([false, true]);
  });

  test("a program that reads stdin cannot eat what follows", async () => {
    const { answers, isWhole } = await answersOf("cat", "echo still here");
    expect([answers[1]?.stdout, isWhole]).toEqual(["still here\n", true]);
  });

  test("that was cut anywhere runs nothing and has no end mark", async () => {
    const script = sectionedScript([{ text: "echo ran" }, { text: "echo ran" }]);
    const cut = fc.integer({ min: 1, max: script.text.length - "main </dev/null\n".length });
    await fc.assert(
      fc.asyncProperty(cut, async (length) => {
        const { stdout } = await runShell(script.text.slice(0, length));
        expect(stdout).not.toContain("ran");
        expect(script.isWhole(stdout)).toBe(false);
        expect(script.parse(stdout)).toEqual([undefined, undefined]);
      }),
      { numRuns: 20 },
    );
  });

  test("an answer that was cut has what was reached", () => {
    const script = sectionedScript([{ text: "" }, { text: "" }], "f00d");
    const stdout = "first\n\n@@minirack-f00d 0 0 \nsec";
    expect(script.parse(stdout)).toEqual([{ code: 0, stdout: "first\n", stderr: "" }, undefined]);
    expect(script.isWhole(stdout)).toBe(false);
  });
});
