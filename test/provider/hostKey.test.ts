import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hostKey } from "../../provider/hostKey.ts";
import { pinHostKey, pinnedHostKey } from "../../provider/pinnedHostKeys.ts";
import { failureOf } from "../support/failureOf.ts";
import { ownFolder } from "../support/ownFolder.ts";
import { says, scriptedNode } from "../support/scriptedNode.ts";

const identity = { stack: "minirack/dev", name: "mini1-hostKey" };
const given = "ssh-ed25519 AAAAgiven";

beforeEach(() => void ownFolder());
afterEach(() => vi.restoreAllMocks());

describe("a host key", () => {
  test("is trusted once: the pinned one stays, whatever the node shows later", async () => {
    const node = await scriptedNode({ react: () => says("") });
    const inputs = { node: "mini1", host: "127.0.0.1", port: node.port };
    await hostKey.create(inputs, identity);
    expect(pinnedHostKey("dev", inputs)).toBe(node.hostKey.publicKey);
    pinHostKey("dev", inputs, "ssh-ed25519 AAAAfirst");
    expect((await hostKey.create(inputs, identity)).state.hostKey).toBe("ssh-ed25519 AAAAfirst");
  });

  test("of the state wins over the pinned one, and goes with the resource", async () => {
    const inputs = { node: "mini1", host: "192.0.2.1", port: 22 };
    pinHostKey("dev", inputs, "ssh-ed25519 AAAAother");
    await hostKey.read("mini1/hostKey", inputs, { ...inputs, hostKey: given }, identity);
    expect(pinnedHostKey("dev", inputs)).toBe(given);
    await hostKey.delete("mini1/hostKey", inputs, identity);
    expect(pinnedHostKey("dev", inputs)).toBeUndefined();
  });

  test("is the one that the node shows at first use", async () => {
    const node = await scriptedNode({ react: () => says("") });
    const inputs = { node: "mini1", host: "127.0.0.1", port: node.port };
    const { id, state } = await hostKey.create(inputs, identity);
    expect([id, state]).toEqual(["mini1/hostKey", { ...inputs, hostKey: node.hostKey.publicKey }]);
  });

  test("that is given is asked of nobody", async () => {
    const inputs = { node: "mini1", host: "192.0.2.1", port: 22, given };
    const { state } = await hostKey.create(inputs, identity);
    expect(state.hostKey).toBe(given);
  });

  test("stays when the node moves", async () => {
    const from = { node: "mini1", host: "192.0.2.1", port: 22 };
    const to = { ...from, host: "192.0.2.2" };
    const state = { ...from, hostKey: "ssh-ed25519 AAAAfirst" };
    expect(await hostKey.update("mini1/hostKey", { from, to, state }, identity)).toMatchObject({
      host: "192.0.2.2",
      hostKey: "ssh-ed25519 AAAAfirst",
    });
  });

  test("is another one when another is given", async () => {
    const from = { node: "mini1", host: "192.0.2.1", port: 22 };
    const change = { from, to: { ...from, given }, state: { ...from, hostKey: "ssh-ed25519 AAAAfirst" } };
    expect((await hostKey.update("mini1/hostKey", change, identity)).hostKey).toBe(given);
  });

  test("is read from the state: no node can change it", async () => {
    const state = { node: "mini1", hostKey: given };
    expect(await hostKey.read("mini1/hostKey", { node: "mini1" }, state, identity)).toMatchObject({ state });
  });

  test("cannot be imported, and says so", async () => {
    const error = await failureOf(hostKey.read("mini1/hostKey", undefined, {}, identity));
    expect(error.message).toBe(
      "expected mini1/hostKey to be made by pulumi up, got an import; leave it out: a host key has nothing to import",
    );
  });

  test("that is given has a type and base64", () => {
    const { failures } = hostKey.check({ node: "mini1", host: "h", given: "SHA256:abc" });
    expect(failures).toEqual([{ path: ["given"], reason: "expected a host key: type and base64" }]);
  });
});
