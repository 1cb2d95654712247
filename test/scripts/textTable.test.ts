import { expect, test } from "vitest";
import { textTable } from "../../scripts/textTable.ts";

test("columns are aligned", () => {
  expect(
    textTable([
      ["NODE", "STATE"],
      ["mini1", "up"],
      ["m", "down"],
    ]),
  ).toBe("NODE   STATE\nmini1  up\nm      down");
});

test("what a node says moves no cursor, sets no title and begins no line", () => {
  const said = "\u001b]0;title\u0007dev\u001b[2J\r\nmini9  up\u009b1A";
  expect(
    textTable([
      ["NODE", "OWNER"],
      ["mini1", said],
    ]),
  ).toBe("NODE   OWNER\nmini1  dev  mini9  up");
});
