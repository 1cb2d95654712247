import { expect, test } from "vitest";
import { resourceTable } from "../../provider/provider.ts";
import { settings, settingToken } from "../../provider/settings/index.ts";

const table = resourceTable(() => Promise.reject(new Error("no import here")));

test("every setting has a resource under its token, beside the keys and the exchange", () => {
  const tokens = settings.map(({ key }) => settingToken(key));
  expect([...table.keys()].sort()).toEqual(
    [...tokens, "minirack:cluster:Key", "minirack:cluster:MpiExchange", "minirack:node:HostKey"].sort(),
  );
});

test("what a setting outputs is unknown until it is made", () => {
  expect(table.get("minirack:node:SshAccess")?.outputs).toEqual(["nodePublicKey", "sshdPort"]);
  expect(table.get("minirack:node:Packages")?.outputs).toEqual([]);
});
