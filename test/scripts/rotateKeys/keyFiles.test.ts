import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clusterKeyLine, makeKey } from "../../../provider/clusterKey.ts";
import { KeyFiles } from "../../../scripts/rotateKeys/keyFiles.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const comment = "minirack-dev";

/** A cluster's key of our making, and its public line. */
async function given() {
  const path = join(temporaryFolder(), "dev");
  await makeKey(path, comment);
  return { path, keys: new KeyFiles(path, comment), first: await clusterKeyLine(path, comment) };
}

test("the next key lies beside the old one, for its user alone, and is made once", async () => {
  const { path, keys, first } = await given();
  const next = await keys.makeNext();
  expect(await keys.makeNext()).toBe(next);
  expect(first).not.toContain(next);
  expect(await clusterKeyLine(path, comment)).toBe(first);
  expect(statSync(keys.next).mode & 0o777).toBe(0o600);
  expect(keys.isSwitched).toBe(false);
});

test("it takes the old one's place, which stays until it is forgotten", async () => {
  const { path, keys, first } = await given();
  const next = await keys.makeNext();
  await keys.switch();
  expect(await keys.showPublic()).toBe(`${next} ${comment}`);
  expect(readFileSync(`${path}.pub`, "utf8")).toBe(`${next} ${comment}\n`);
  expect(await clusterKeyLine(`${path}.previous`, comment)).toBe(first);
  expect([keys.isSwitched, existsSync(keys.next)]).toEqual([true, false]);
  await keys.forgetPrevious();
  expect([keys.isSwitched, existsSync(`${path}.previous`)]).toEqual([false, false]);
});

test("a switch that was killed half way is gone on from", async () => {
  const { path, keys, first } = await given();
  const next = await keys.makeNext();
  writeFileSync(`${path}.previous.new`, "half a k");
  writeFileSync(`${path}.copy`, readFileSync(path));
  renameSync(`${path}.copy`, `${path}.previous`);
  expect(keys.isSwitched).toBe(false);
  expect(await keys.makeNext()).toBe(next);
  await keys.switch();
  expect(await clusterKeyLine(`${path}.previous`, comment)).toBe(first);
  expect(await keys.showPublic()).toBe(`${next} ${comment}`);
});

test("a key that somebody else made is left alone", async () => {
  const { path, keys } = await given();
  writeFileSync(`${path}.pub`, readFileSync(`${path}.pub`, "utf8").replace(comment, "me@home"));
  expect((await failureOf(keys.makeNext())).message).toBe(
    `${path}: expected a key that minirack made (minirack-dev at the end of ${path}.pub), got another; ` +
      "rotate that one yourself, or leave identityFile out of the cluster file",
  );
  expect(existsSync(keys.next)).toBe(false);
});
