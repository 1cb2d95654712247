import { expect, test } from "vitest";
import { terminalPicture } from "../../../scripts/pictures/terminalPicture.ts";

test("each line is a text that can be searched, with what XML would take for its own escaped", () => {
  const picture = terminalPicture(["$ npx pulumi up", "  - a < b & c", "    14 unchanged"], 'up "dev"');
  expect(picture).toContain('aria-label="up &quot;dev&quot;"');
  expect(picture).toMatch(/class="typed">\$ npx pulumi up</);
  expect(picture).toMatch(/class="away"> {2}- a &lt; b &amp; c</);
  expect(picture).toMatch(/class="done"> {4}14 unchanged</);
});
