import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "../../../provider/transport/plainText.ts";

test.each([
  ["colours", "\u001b[91mERROR:\u001b[0m no", "ERROR: no"],
  ["a title", "\u001b]0;owned\u0007fine", "fine"],
  ["a link", "\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\", "here"],
  ["a cleared screen", "\u001b[2J\u001b[1;1Hroot# ", "root# "],
  ["the 8-bit forms", "\u009b31mred", "red"],
  ["a bell and a backspace", "a\u0007b\bc\u007f", "abc"],
  ["nothing else", "tab\tline\r\nGrüße 記\n", "tab\tline\r\nGrüße 記\n"],
])("of a text goes what a terminal would obey: %s", (_what, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test("nothing that a terminal obeys is ever left", () => {
  const character = fc.oneof(
    fc.constantFrom("\u001b", "[", "]", "0", "m", ";", "\u0007", "\u009b"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(character), (parts) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(plainText(parts.join(""))).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/);
    }),
  );
});
