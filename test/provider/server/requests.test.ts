import { expect, test } from "vitest";
import { parseUrn } from "../../../provider/server/requests.ts";

test("a URN says stack, token and name; parents' types are left out", () => {
  const urn =
    "urn:pulumi:dev::minirack::minirack:index:Cluster$minirack:index:Node$minirack:node:Files::mini1-files";
  expect(parseUrn(urn)).toEqual({ stack: "minirack/dev", token: "minirack:node:Files", name: "mini1-files" });
});

test("a name may have colons of its own", () => {
  expect(parseUrn("urn:pulumi:dev::p::a:b:C::x::y:z").name).toBe("x::y:z");
});
