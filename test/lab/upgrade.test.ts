import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { emptyStack, releasedVersions, releaseFolder } from "../upgrade/upgradeStack.ts";

/** What is left as it is has no step. */
const step = z.object({
  op: z.string(),
  urn: z.string(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});
const previewed = z.object({ steps: z.array(step), changeSummary: z.object({ same: z.number() }) });

/** What a new version brings along itself: programs of ours on the nodes, how they are started, how logs rotate, and who owns Redis's settings. */
const ownPaths = [
  'files["/opt/minirack/',
  'files["/etc/logrotate.d/minirack-',
  'files["/etc/minirack/mpi/environment"]',
  'files["/etc/redis/minirack.conf"].owner',
  'files["/etc/systemd/system/redis-server.service.d/minirack.conf"]',
  'services["redis-server.service"].startedAfter["/etc/systemd/system/redis-server.service.d/minirack.conf"]',
];

function isOwnProgram({ op, detailedDiff }: z.infer<typeof step>): boolean {
  const paths = Object.keys(detailedDiff ?? {});
  const isOwn = (path: string) => ownPaths.some((own) => path.startsWith(own));
  return op === "update" && paths.length > 0 && paths.every(isOwn);
}

/** What today's program and provider would do to the resources of a version's state; no node is asked. */
async function previewFrom(version: string) {
  const stack = await emptyStack(temporaryFolder(), version);
  await stack.pulumi(["stack", "import", "--file", join(releaseFolder(version), "state.json")]);
  return previewed.parse(JSON.parse(await stack.pulumi(["preview", "--json"])));
}

describe.each(await releasedVersions())("the state that version %s wrote", (version) => {
  test("is taken over: nothing is replaced, deleted, made or changed", async () => {
    const { steps, changeSummary } = await previewFrom(version);
    const changing = steps.filter((one) => one.op !== "same" && !isOwnProgram(one));
    expect(changing).toEqual([]);
    expect(changeSummary.same).toBeGreaterThan(30);
  });
});
