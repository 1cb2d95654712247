import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, describe, expect, test, vi } from "vitest";
import { clusterKey } from "../../provider/clusterKey.ts";
import { failureOf } from "../support/failureOf.ts";
import { type SshKey, sshKey, writeIdentity } from "../support/sshKey.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const identity = { stack: "minirack/dev", name: "ssh-key" };
const comment = "minirack-dev";

afterEach(() => vi.restoreAllMocks());

/** The library's next keys: about one in 150 of its own is malformed, which no test may depend on. */
function nextKeys(...keys: SshKey[]): void {
  const generate = vi.spyOn(ssh2.utils, "generateKeyPairSync");
  for (const { privateKey, publicKey } of keys) {
    generate.mockReturnValueOnce({ private: privateKey, public: `${publicKey} ${comment}` });
  }
}

describe("the cluster's key", () => {
  test("is made for its user alone, and the state has no private half", async () => {
    const key = sshKey();
    nextKeys(key);
    const identityFile = join(temporaryFolder(), "deep/er/dev");
    const { id, state } = await clusterKey.create({ identityFile, comment }, identity);
    expect([id, state]).toEqual([
      identityFile,
      { identityFile, comment, publicKey: `${key.publicKey} ${comment}` },
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
    const identityFile = join(temporaryFolder(), "dev");
    const { id } = await clusterKey.create({ identityFile, comment }, identity);
    await clusterKey.delete(id, { identityFile, comment }, identity);
    expect([existsSync(identityFile), existsSync(`${identityFile}.pub`)]).toEqual([false, false]);
  });

  test("whose file is gone is gone", async () => {
    expect(await clusterKey.read("/nowhere/key", { comment }, {}, identity)).toBeUndefined();
  });

  test("is imported from its path alone, under the stack's name", async () => {
    const key = sshKey();
    const identityFile = writeIdentity(temporaryFolder(), key);
    const inputs = { identityFile, comment };
    const state = { ...inputs, publicKey: `${key.publicKey} ${comment}` };
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
