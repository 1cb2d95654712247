import { describe, expect, test } from "vitest";
import { parseRequirements } from "../../config/requirements.ts";

describe("requirements", () => {
  test.each([
    ["numpy==2.4.6", { numpy: "==2.4.6" }],
    ["numpy", { numpy: "" }],
    ["scikit-learn[alldeps] >= 1.9, < 2", { "scikit-learn": "[alldeps]>=1.9,<2" }],
    ["# a comment\n\n  scipy ~= 1.17  # why\n", { scipy: "~=1.17" }],
    [
      "numpy==2.4.6 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\nscipy==1",
      { numpy: "==2.4.6", scipy: "==1" },
    ],
    ["", {}],
  ])("%j", (text, expected) => {
    expect(parseRequirements(text, "requirements.txt")).toEqual(expected);
  });

  test.each(["-r other.txt", "--index-url https://x", "../local", "=="])("refuse %j", (line) => {
    expect(() => parseRequirements(`numpy==1\n${line}`, "locked.txt")).toThrow(
      new Error(
        `locked.txt: expected a package and its version, as numpy==2.3.1, got "${line}"; remove the line`,
      ),
    );
  });
});
