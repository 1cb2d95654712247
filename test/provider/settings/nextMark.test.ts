import { expect, test } from "vitest";
import { keyMark } from "../../../provider/settings/peers.ts";
import { nextMark } from "../../../provider/settings/sshAccess.ts";

test("a rotation of mini1 leaves the line of a node mini1-next alone", () => {
  const line = `ssh-ed25519 AAAA${keyMark("mini1-next")}`;
  expect(line.endsWith(nextMark(keyMark("mini1")))).toBe(false);
});
