import { writeFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { authentication } from "../../../provider/transport/authentication.ts";
import { sshKey, writeIdentity } from "../../support/sshKey.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

afterEach(() => vi.unstubAllEnvs());

const connection = {
  host: "h",
  port: 22,
  user: "rack",
  identityFile: "/nowhere",
  hostKey: "ssh-ed25519 AAAA",
};
const typesOf = (...given: Parameters<typeof authentication>) =>
  authentication(...given).map(({ type }) => type);

test("the cluster's key comes first, then what the first contact has, then the agent", () => {
  vi.stubEnv("SSH_AUTH_SOCK", "/run/agent");
  const identityFile = writeIdentity(temporaryFolder(), sshKey());
  const firstContact = { password: "of the first contact", identityFile };
  expect(typesOf({ ...connection, identityFile }, firstContact)).toEqual([
    "publickey",
    "publickey",
    "password",
    "keyboard-interactive",
    "agent",
  ]);
});

test("once the node is ours, the cluster's key is the only way", () => {
  vi.stubEnv("SSH_AUTH_SOCK", "/run/agent");
  const identityFile = writeIdentity(temporaryFolder(), sshKey());
  expect(typesOf({ ...connection, identityFile })).toEqual(["publickey"]);
});

test("while the cluster's key is rotated, the one that comes and the one that goes open the node too", () => {
  const identityFile = writeIdentity(temporaryFolder(), sshKey());
  for (const end of ["next", "previous"]) writeFileSync(`${identityFile}.${end}`, sshKey().privateKey);
  expect(typesOf({ ...connection, identityFile })).toEqual(["publickey", "publickey", "publickey"]);
});

test("a key that is not there yet is left out", () => {
  expect(typesOf(connection, { password: "of the first contact" })).toEqual([
    "password",
    "keyboard-interactive",
  ]);
});
