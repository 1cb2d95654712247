import { expect, test } from "vitest";
import { resourceTable } from "../../provider/provider.ts";
import { settings, settingToken } from "../../provider/settings/index.ts";

const table = resourceTable(() => Promise.reject(new Error("no import here")));

test("every setting has a resource under its token, beside those of the cluster", () => {
  const tokens = settings.map(({ key }) => settingToken(key));
  const ofCluster = ["Key", "Links", "MpiExchange"].map((name) => `minirack:cluster:${name}`);
  expect([...table.keys()].sort()).toEqual([...tokens, ...ofCluster, "minirack:node:HostKey"].sort());
});

test("what a setting outputs is unknown until it is made", () => {
  expect(table.get("minirack:node:SshAccess")?.outputs).toEqual(["nodePublicKey", "sshdPort"]);
  expect(table.get("minirack:node:Packages")?.outputs).toEqual([]);
});
