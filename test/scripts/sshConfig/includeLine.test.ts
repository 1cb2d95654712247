import fc from "fast-check";
import { expect, test } from "vitest";
import { withInclude, withoutInclude } from "../../../scripts/sshConfig/includeLine.ts";

const ours = `# minirack: nodes by name; npm run ssh-config -- --remove takes these two lines away
Include ~/.ssh/minirack/*.conf
`;

test("the line stands at the top, once", () => {
  expect(withInclude("Host *\n  User a\n")).toBe(`${ours}Host *\n  User a\n`);
  expect(withInclude(withInclude(""))).toBe(ours);
});

test("one that somebody moved under a Host goes to the top again", () => {
  expect(withInclude(`Host a\n  User b\n${ours}`)).toBe(`${ours}Host a\n  User b\n`);
});

test("every other text comes back byte for byte", () => {
  const text = fc
    .array(fc.constantFrom("Host a", "\n", "\r\n", "  User ü", "#", " "))
    .map((parts) => parts.join(""));
  fc.assert(fc.property(text, (given) => withoutInclude(withInclude(given)) === given));
});
