import { chmodSync, chownSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

const isRoot = process.getuid?.() === 0;

/** `/home/ada` is 4242's, `/srv` everybody's; names of users and groups are numbers here. */
function shelf() {
  const { at, type } = preluded();
  for (const one of ["home", "home/ada", "srv", "srv/deep"]) mkdirSync(at(one));
  chownSync(at("home/ada"), 4242, 4243);
  chmodSync(at("srv"), 0o777);
  symlinkSync("home/ada", at("way"));
  const by = async (path: string, owner: string) => {
    const own = "getent() { case $1$2 in passwd4242) echo ada:x:4242:4243::/:/ ;; esac; }";
    const said = await type(own, `{ ${run("hands_of", at(path), owner)} || true; } 2>&1`);
    return said.replaceAll(at(), "").trim();
  };
  return { by };
}

describe.runIf(hasLinuxShell && isRoot)("what lies in a folder is touched", () => {
  test.each([
    ["home/x", "0:0", ""],
    ["home/ada", "4242:4243", ""],
    ["home/ada/x", "-", "4242:4243"],
    ["home/ada/deep/x", "4242:99", "4242:99"],
    ["way/x", "-", "4242:4243"],
    ["srv/x", "7:8", "7:8"],
    ["srv/x", "-", ""],
    ["srv/deep/x", "-", "65534:65534"],
  ])("%s, of %s: as %j", async (path, owner, hands) => expect(await shelf().by(path, owner)).toBe(hands));

  test.each([
    [
      "home/ada/x",
      "0:0",
      "expected nobody but root to write to /home/ada, as /home/ada/x is to be root's, got a folder of 4242; write another owner, or choose another path",
    ],
    [
      "srv/x",
      "0:0",
      "expected nobody but root to write to /srv, as /srv/x is to be root's, got a folder that others may write to; write another owner, or choose another path",
    ],
    [
      "home/ada/x",
      "7:7",
      "expected the owner of /home/ada/x to be 4242, who may write to /home/ada, got 7:7; write another owner, or choose another path",
    ],
  ])("not: %s of %s", async (path, owner, said) => expect(await shelf().by(path, owner)).toBe(said));
});

test.runIf(hasLinuxShell && isRoot)(
  "who stops what runs as them holds nothing up for longer than a slow disk would",
  async () => {
    const { type } = preluded();
    const held = run("as_owner", "65534:65534", "/srv/app", "1", "sh", "-c", "kill -s STOP $$");
    const said = await type(`{ ${held} || echo "$?"; } 2>&1`);
    expect(said).toBe(
      "expected nobody to let go of /srv/app within 1 s, got no end; see what runs as that user, then run the command again\n124\n",
    );
  },
);

test.runIf(hasLinuxShell && isRoot)("what runs as an owner ends with the shell that began it", async () => {
  const { type } = preluded();
  const said = await type(
    "( as_owner 65534:65534 /srv/app 60 sleep 58.25 ) & shell=$!",
    "until pgrep -fx 'sleep 58.25' > /dev/null; do sleep 0.05; done",
    'kill -s KILL "$shell"',
    "while pgrep -fx 'sleep 58.25' > /dev/null; do sleep 0.05; done; echo gone",
  );
  expect(said).toBe("gone\n");
});
