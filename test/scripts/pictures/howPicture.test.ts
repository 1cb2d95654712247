import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { howPicture } from "../../../scripts/pictures/howPicture.ts";

test("docs/how.svg is as the script draws it: npm run picture -- how", () => {
  expect(readFileSync(new URL("../../../docs/how.svg", import.meta.url), "utf8")).toBe(howPicture());
});
