import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clusterKeyLine, makeKey } from "../../../provider/clusterKey.ts";
import type { OpenStack } from "../../../scripts/nodes/stackNodes.ts";
import { rotateKeys } from "../../../scripts/rotateKeys/rotateKeys.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { specOf } from "../clusterCheck/factsOf.ts";

const comment = "minirack-dev";

/** A stack with one node where nobody listens. */
async function given(pinnedHostKey?: string) {
  const identityFile = join(temporaryFolder(), "dev");
  await makeKey(identityFile, comment);
  const connection = { host: "127.0.0.1", port: 1, user: "rack", identityFile, hostKey: "ssh-ed25519 AAAA" };
  const stack: OpenStack = {
    ...{ stack: "dev", file: "stacks/dev.yaml", resources: [] },
    cluster: {
      folder: ".",
      identityFile,
      nodes: [],
      mpi: undefined,
      training: undefined,
      notebook: undefined,
      links: undefined,
    },
    nodes: [{ spec: specOf("mini1"), pinnedHostKey, target: async () => ({ name: "mini1", connection }) }],
  };
  const said: string[] = [];
  const refresh = () => expect.fail("expected the state to be left as it is");
  const rotate = () => rotateKeys(stack, { only: [], say: (line) => said.push(line), refresh });
  return { identityFile, said, rotate };
}

test("a node that is down keeps the old key in place, and is named", async () => {
  const { identityFile, said, rotate } = await given("ssh-ed25519 AAAA");
  const before = await clusterKeyLine(identityFile, comment);
  expect(await rotate()).toBe(false);
  expect(await clusterKeyLine(identityFile, comment)).toBe(before);
  expect(existsSync(`${identityFile}.next`)).toBe(true);
  expect(said[0]).toContain("node mini1: connect: expected sshd at 127.0.0.1:1, got connect ECONNREFUSED");
  expect(said[1]).toBe(
    "the cluster's key: pending, it waits for mini1; the old one is let in until then. Run scripts/rotate-keys again",
  );
});

test("a stack without nodes says what to run first", async () => {
  const { rotate } = await given();
  expect((await failureOf(rotate())).message).toBe(
    "stack dev: expected a node that pulumi up has made ready, got none; run npm run stack -- up --stack dev first",
  );
});
