import { describe, expect, test } from "vitest";
import { parseRequirements } from "../../config/requirements.ts";

describe("requirements", () => {
  test.each([
    ["numpy==2.4.6", { numpy: "==2.4.6" }],
    ["numpy", { numpy: "" }],
    ["scikit-learn[alldeps] >= 1.9, < 2", { "scikit-learn": "[alldeps]>=1.9,<2" }],
    ["# a comment\n\n  scipy ~= 1.17  # why\n", { scipy: "~=1.17" }],
    [
      "numpy==2.4.6 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\nscipy==1 --hash=sha256:cc",
      { numpy: "==2.4.6 --hash=sha256:aa --hash=sha256:bb", scipy: "==1 --hash=sha256:cc" },
    ],
    [
      'six==1.16.0 ; python_version < "3.9" and os_name == "nt"\r\nsix == 1.17.0 ; python_version >= "3.9"\r\n',
      { six: '==1.16.0; python_version < "3.9" and os_name == "nt"\n==1.17.0; python_version >= "3.9"' },
    ],
    ["\uFEFFsix===1.0", { six: "===1.0" }],
    ["", {}],
  ])("%j", (text, expected) => {
    expect(parseRequirements(text, "requirements.txt")).toEqual(expected);
  });

  const options = ["-r other.txt", "-c other.txt", "-e .", "--index-url https://x", "numpy --pre"];
  const hashes = [
    "six==1 --hash=sha256:aa -e /tmp/own",
    "six==1 --hash=sha256:aa -r /etc/shadow",
    "six==1 --hash=aa",
  ];
  const places = ["../local", "./libs/x", "x @ https://y/x.whl", "git+ssh://y", "=="];
  test.each([...options, ...hashes, ...places])("refuse %j by file and line", (line) => {
    expect(() => parseRequirements(`numpy==1\n${line}`, "locked.txt", true)).toThrow(
      new Error(
        `locked.txt:2: expected a package and its version, as numpy==2.3.1, got "${line}"; remove the line`,
      ),
    );
  });

  test.each(["numpy=1.26.4=py311h64a7726_0", "certifi @ file:///croot/certifi_1707/work"])(
    "refuse %j, as conda writes it, with what to type",
    (line) => {
      expect(() => parseRequirements(`# packages\n${line}`, "frozen.txt", true)).toThrow(
        new Error(
          `frozen.txt:2: expected a package and its version, as numpy==2.3.1, got "${line}"; write the file with: pip list --format=freeze`,
        ),
      );
    },
  );

  test("have hashes all of them or none: a line without is named", () => {
    expect(() => parseRequirements("six==1 \\\n  --hash=sha256:aa\n\nnumpy==2", "locked.txt", true)).toThrow(
      new Error(
        'locked.txt:4: expected a --hash, as other lines have one, got "numpy==2"; add its hashes (uv pip compile --generate-hashes), or leave those of all lines out',
      ),
    );
  });
});
