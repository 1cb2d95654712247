import { expect, test } from "vitest";
import { anyPrivateKey, privateKeyParts, secretSearch } from "./secretSearch.ts";
import { sshKey } from "./sshKey.ts";

const password = `it's "quite" 100% sécret???`; // its base64 differs in the alphabet for URLs
const find = secretSearch({ password });
const base64 = (text: string) => Buffer.from(text).toString("base64");

test("finds nothing where nothing is", () => {
  expect(find("")).toEqual([]);
  expect(find(`it's "quite" 100% secret, ${base64("it's quite")}`)).toEqual([]);
});

test.each([
  ["plain", `before ${password} after`],
  ["base64", base64(password)],
  ["base64", `state ${base64(`one byte ${password} more`)} more`],
  ["base64", base64(`ab${password}`)],
  ["base64", base64(`abcd${password}\n`)],
  ["base64", Buffer.from(`??>${password}`).toString("base64url").replace(/^..../, "")],
  ["hex", Buffer.from(password).toString("hex")],
  ["URL", `https://rack:${encodeURIComponent(password)}@mini2/`],
  ["URL", encodeURIComponent(password).replaceAll("%20", "+")],
  ["JSON", JSON.stringify({ sudoPassword: password })],
  ["JSON", JSON.stringify(JSON.stringify({ sudoPassword: password }))],
  ["shell", "'it'\\''s \"quite\" 100% sécret???'"],
])("finds a secret in %s: %s", (writing, text) => {
  expect(find(text)).toContain(`password in ${writing}`);
});

test("tells each secret by its name, once", () => {
  const search = secretSearch({ sudo: "sudo, please", first: "let me in" });
  expect(search(`let me in, sudo, please ${base64("let me in")} let me in`)).toEqual([
    "sudo in plain",
    "first in plain",
    "first in base64",
  ]);
});

test("refuses a secret that is found everywhere", () => {
  expect(() => secretSearch({ password: "abc" })).toThrow("expected a secret of 8 bytes");
});

test("finds a private key in one line of its file, in another format and as any key at all", () => {
  const { privateKey, publicKey } = sshKey();
  const parts = privateKeyParts("key", privateKey);
  const search = secretSearch(parts);
  const lines = privateKey.trim().split("\n");
  expect(search(publicKey)).toEqual([]);
  expect(search(sshKey().privateKey)).toEqual([]);
  expect(search(lines[3] ?? "")).toEqual(["key, line 3 in plain"]);
  const seed = Object.values(parts)[0] ?? "";
  expect(
    search(`MC4CAQAwBQYDK2VwBCIEI${Buffer.concat([Buffer.from("x"), Buffer.from(seed)]).toString("base64")}`),
  ).toEqual(["key, seed in base64"]);
  expect(secretSearch(anyPrivateKey)(publicKey)).toEqual([]);
  expect(secretSearch(anyPrivateKey)(sshKey().privateKey)).toEqual([
    "a private key's first line in plain",
    "an OpenSSH private key in base64",
  ]);
});
