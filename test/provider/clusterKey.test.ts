import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clusterKey } from "../../provider/clusterKey.ts";
import { keepStackId, stackIdOf } from "../../provider/stackIdentity.ts";
import { failureOf } from "../support/failureOf.ts";
import { ownFolder } from "../support/ownFolder.ts";
import { type SshKey, sshKey, writeIdentity } from "../support/sshKey.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const identity = { stack: "minirack/dev", name: "ssh-key" };
const comment = "minirack-dev";

let folder: string;
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The library's next keys: about one in 150 of its own is malformed, which no test may depend on. */
function nextKeys(...keys: SshKey[]): void {
  const generate = vi.spyOn(ssh2.utils, "generateKeyPairSync");
  for (const { privateKey, publicKey } of keys) {
    generate.mockReturnValueOnce({ private: privateKey, public: `${publicKey} ${comment}` });
  }
}

/** A key as its stack's first up makes it. */
async function madeKey() {
  const identityFile = join(folder, "keys/dev");
  return { identityFile, ...(await clusterKey.create({ identityFile, comment }, identity)) };
}

describe("the cluster's key", () => {
  test("is made for its user alone, and the state has no private half", async () => {
    const key = sshKey();
    nextKeys(key);
    const identityFile = join(temporaryFolder(), "deep/er/dev");
    const { id, state } = await clusterKey.create({ identityFile, comment }, identity);
    expect([id, state]).toEqual([
      identityFile,
      { identityFile, comment, publicKey: `${key.publicKey} ${comment}`, stackId: stackIdOf("minirack/dev") },
    ]);
    expect(statSync(identityFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${identityFile}.pub`, "utf8")).toBe(`${key.publicKey} ${comment}\n`);
  });

  test("that was made malformed is made again", async () => {
    const key = sshKey();
    nextKeys({ privateKey: key.privateKey.replace("b3Blb", "AAAAA"), publicKey: key.publicKey }, key);
    const identityFile = join(temporaryFolder(), "dev");
    const { state } = await clusterKey.create({ identityFile, comment }, identity);
    expect(state.publicKey).toBe(`${key.publicKey} ${comment}`);
  });

  test("that was there before is used, and left at the end", async () => {
    const key = sshKey();
    const identityFile = join(temporaryFolder(), "mine");
    writeFileSync(identityFile, key.privateKey, { mode: 0o600 });
    writeFileSync(`${identityFile}.pub`, `${key.publicKey} me@home\n`);
    const { id, state } = await clusterKey.create({ identityFile, comment }, identity);
    expect(state.publicKey).toBe(`${key.publicKey} ${comment}`);
    await clusterKey.delete(id, { identityFile, comment }, identity);
    expect(existsSync(identityFile)).toBe(true);
  });

  test("that we made goes with the stack", async () => {
    nextKeys(sshKey());
    const { identityFile, id, state } = await madeKey();
    await clusterKey.delete(id, { identityFile, comment }, identity, state);
    for (const ending of ["", ".pub", ".owner"]) expect(existsSync(identityFile + ending)).toBe(false);
  });

  test("has its owner beside it: project, stack and id", async () => {
    nextKeys(sshKey());
    const { identityFile, state } = await madeKey();
    const owner = { project: "minirack", stack: "dev", id: state.stackId };
    expect(JSON.parse(readFileSync(`${identityFile}.owner`, "utf8"))).toEqual(owner);
    expect(statSync(`${identityFile}.owner`).mode & 0o777).toBe(0o600);
  });

  test("of another project with the same names is refused, and never removed", async () => {
    nextKeys(sshKey());
    const theirs = await madeKey();
    const { identityFile, id } = theirs;
    ownFolder();
    const own = stackIdOf("minirack/dev");
    const error = await failureOf(clusterKey.create({ identityFile, comment }, identity));
    const other = theirs.state.stackId;
    expect(error.message).toBe(
      `${identityFile}: expected the key of stack minirack/dev (id ${own}), got that of stack minirack/dev (id ${other}), as ` +
        `${identityFile}.owner says; give this stack a key of its own (identityFile in the cluster file), or, where the other ` +
        `stack's state is lost, take over what it had: MINIRACK_TAKE_OVER=${other}`,
    );
    await clusterKey.delete(id, { identityFile, comment }, identity, { stackId: own });
    expect(existsSync(identityFile)).toBe(true);
  });

  test("of a lost stack is taken over by its id", async () => {
    nextKeys(sshKey());
    const { identityFile, id, state } = await madeKey();
    ownFolder();
    vi.stubEnv("MINIRACK_TAKE_OVER", String(state.stackId));
    const taken = await clusterKey.create({ identityFile, comment }, identity);
    expect(taken.state.publicKey).toBe(state.publicKey);
    await clusterKey.delete(id, { identityFile, comment }, identity, taken.state);
    expect(existsSync(identityFile)).toBe(false);
  });

  test("of version 0.1.0 gets an owner at the next refresh, and goes with its stack", async () => {
    nextKeys(sshKey());
    const { identityFile, id } = await madeKey();
    rmSync(`${identityFile}.owner`);
    const read = await clusterKey.read(id, { identityFile, comment }, {}, identity);
    expect(read?.state.stackId).toBe(stackIdOf("minirack/dev"));
    expect(existsSync(`${identityFile}.owner`)).toBe(true);
    await clusterKey.delete(id, { identityFile, comment }, identity, read?.state);
    expect(existsSync(identityFile)).toBe(false);
  });

  test("has the id that the state has, whatever this clone has noted", async () => {
    nextKeys(sshKey());
    const { id, identityFile, state } = await madeKey();
    keepStackId("minirack/dev", "0123456789abcdef");
    const read = await clusterKey.read(id, { identityFile, comment }, state, identity);
    expect([read?.state.stackId, stackIdOf("minirack/dev")]).toEqual([state.stackId, state.stackId]);
  });

  test("whose file is gone is gone", async () => {
    expect(await clusterKey.read("/nowhere/key", { comment }, {}, identity)).toBeUndefined();
  });

  test("is imported from its path alone, under the stack's name", async () => {
    const key = sshKey();
    const identityFile = writeIdentity(temporaryFolder(), key);
    const inputs = { identityFile, comment };
    const stackId = stackIdOf("minirack/dev");
    const state = { ...inputs, publicKey: `${key.publicKey} ${comment}`, stackId };
    expect(await clusterKey.read(identityFile, undefined, {}, identity)).toEqual({
      id: identityFile,
      inputs,
      state,
    });
  });

  test("with a passphrase is refused", async () => {
    const identityFile = join(temporaryFolder(), "locked");
    writeFileSync(identityFile, "not a key");
    const error = await failureOf(clusterKey.create({ identityFile, comment }, identity));
    expect(error.message).toBe(
      `${identityFile}: expected a private key without a passphrase, got Unsupported key format; give another identityFile`,
    );
  });
});
