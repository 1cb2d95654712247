import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allowFailure,
  inHome,
  loginUser,
  quote,
  removeFile,
  run,
  setLine,
  writeFile,
} from "../../../provider/shell/command.ts";
import { runShell } from "../../support/realShell.ts";

describe("quoting", () => {
  test.each([
    ["/etc/motd", "/etc/motd"],
    ["a b", "'a b'"],
    ["", "''"],
    ["it's", "'it'\\''s'"],
    ["$(reboot)", "'$(reboot)'"],
    ["line\nline", "'line\nline'"],
    ["~", "'~'"],
    ["-n", "-n"],
  ])("of %j is %s", (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  test("refuses NUL, which no shell can say", () => {
    expect(() => quote("a\0b")).toThrow('expected a text without NUL, got "a\\u0000b"');
  });

  test("leaves what is shell already", () => {
    expect(run("chown", loginUser, inHome(".ssh/it's"))).toBe(`chown "$user:" "$home"/'.ssh/it'\\''s'`);
  });

  test("brings any words through a real shell unchanged", async () => {
    const word = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({
        unit: fc.constantFrom("'", '"', "\\", "\n", "$", "`", "*", "~", " ", "!", "-", "%", "é", "😀"),
      }),
    );
    const words = fc.array(
      word.filter((text) => !text.includes("\0")),
      { minLength: 20, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        const { stdout, stderr, code } = await runShell(`${run("printf", "%s\\0", ...given)}\n`);
        expect({ code, stderr, words: stdout.split("\0").slice(0, -1) }).toEqual({
          code: 0,
          stderr: "",
          words: given,
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe("commands", () => {
  test("that may fail are quiet about it", async () => {
    expect(await runShell(`set -eu\n${allowFailure("ls /nowhere")}\necho on\n`)).toEqual({
      code: 0,
      stdout: "on\n",
      stderr: "",
    });
  });

  test("for files name the prelude's functions", () => {
    const file = { content: "a\n", mode: "0600", owner: "root:root" };
    expect(writeFile("/etc/a", file)).toBe("put /etc/a 0600 root:root 'a\n'");
    expect(removeFile("/etc/a b")).toBe("remove_file '/etc/a b'");
    expect(setLine("/etc/hosts", " # mini", "10.0.0.1 mini # mini")).toBe(
      "set_line /etc/hosts ' # mini' '10.0.0.1 mini # mini'",
    );
    expect(setLine("/etc/hosts", " # mini")).toBe("set_line /etc/hosts ' # mini'");
  });
});
