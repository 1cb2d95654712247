import { expect, test } from "vitest";
import { pathText } from "../../config/configError.ts";

test.each([
  [["nodes", 0, "port"], "nodes[0].port"],
  [["user"], "user"],
  [[], "(file)"],
])("the path %j is said as %s", (path, text) => {
  expect(pathText(path)).toBe(text);
});
