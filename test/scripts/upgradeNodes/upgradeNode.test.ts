import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { parseUpgrade, upgradeNode } from "../../../scripts/upgradeNodes/upgradeNode.ts";
import { failureOf } from "../../support/failureOf.ts";
import { type Reaction, says, scriptedNode } from "../../support/scriptedNode.ts";

afterEach(() => closePool());

const answer = [
  "step\treads the package lists",
  "step\tpackages to upgrade: 2",
  "setUp\tlibc6:amd64",
  "upgraded\tlibc6:amd64\t2.36-9\t2.36-10",
  "upgraded\tlinux-image-6.1.0-18-amd64\t\t6.1.76-1",
  "keptBack\tdocker.io",
  "reboot\tkernel 6.1.0-18-amd64 is installed, 6.1.0-9-amd64 runs",
  "end\t\t\t",
  "",
].join("\n");

/** A node whose sudo needs no password and whose apt answers so. */
async function nodeWith(reaction: Reaction) {
  const isProbe = (stdin: string) => !stdin.includes("tell_end");
  return await scriptedNode({ react: ({ stdin }) => (isProbe(stdin) ? says("known\n") : reaction) });
}

describe("an upgrade", () => {
  test("tells old and new versions, what was kept back, and why a reboot is due", () => {
    expect(parseUpgrade(answer)).toEqual({
      upgraded: [
        { name: "libc6:amd64", from: "2.36-9", to: "2.36-10" },
        { name: "linux-image-6.1.0-18-amd64", from: undefined, to: "6.1.76-1" },
      ],
      keptBack: ["docker.io"],
      rebootReason: "kernel 6.1.0-18-amd64 is installed, 6.1.0-9-amd64 runs",
    });
  });

  test("is not taken for done when its answer was cut short", () => {
    expect(parseUpgrade(answer.slice(0, answer.indexOf("end\t")))).toBeUndefined();
  });

  test("says what it does at the moment", async () => {
    const node = await nodeWith(says(answer));
    const said: string[] = [];
    await upgradeNode(node.target(), false, (line) => said.push(line));
    expect(said).toEqual(["reads the package lists", "packages to upgrade: 2", "sets up libc6:amd64"]);
  });

  test("waits for the lock that other work of apt's takes; a dry run needs neither lock nor root", async () => {
    const node = await nodeWith(says(answer));
    await upgradeNode(node.target(), true, () => {});
    await upgradeNode(node.target(), false, () => {});
    const [dry = "", , wet = ""] = node.asked.map(({ command }) => command);
    expect(dry).toBe("timeout -k 5 3605 sh -s");
    expect(wet).toMatch(
      /^sudo -n sh -c '[^']*' sh flock -o -w 600 -E 75 \/run\/minirack\/apt\.lock setsid -w sh -s$/,
    );
  });

  test("that fails says so in apt's words", async () => {
    const node = await nodeWith({
      code: 100,
      stdout: "step\treads the package lists\n",
      stderr: "Ign:1 http://mirror\nE: no room\n",
    });
    expect((await failureOf(upgradeNode(node.target(), false, () => {}))).message).toBe(
      "node mini1: upgrade: expected apt to succeed, got exit code 100: E: no room; mend what the lines above say, then run the command again: it goes on where it stopped",
    );
  });

  test("that another process holds up to the end of our patience names the lock", async () => {
    const node = await nodeWith({ code: 75, stdout: "", stderr: "" });
    expect((await failureOf(upgradeNode(node.target(), false, () => {}))).message).toContain(
      "expected the lock /run/minirack/apt.lock within 600 s",
    );
  });
});
