import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { closePool } from "../../provider/transport/pool.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { failureOf } from "../support/failureOf.ts";
import { unexcused } from "../support/labNodeExcuses.ts";
import { type LabNodeProvider, labNodeProvider } from "../support/labNodeProvider.ts";
import { fileAbove, fileNode, nodeProgram } from "../support/nodeProgram.ts";
import { type TestLab, testFolder, testLab } from "../support/testLab.ts";
import { cycleLab } from "./settings/cycleLab.ts";

const [stack, portBase, linkSubnet] = cycleLab;

describe.sequential("a node where somebody is in the way", { tags: "matrix" }, () => {
  let lab: TestLab;
  let provider: LabNodeProvider;

  beforeAll(async () => {
    lab = await testLab(stack, portBase, linkSubnet, ["mini1"]);
    await lab.up();
    provider = await labNodeProvider(stack, "");
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  test("an unprivileged user holds no lock of ours", async () => {
    const before = await labSnapshot("mini1", stack);
    await lab.on("mini1", "install -d -m 0700 /run/minirack; : > /run/minirack/made.lock");
    const nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    const tries = ["/run/minirack", "/run/minirack/made.lock", "/run/minirack/files.lock"].map(
      (path) => `! ${nobody} flock -n ${path} true`,
    );
    await lab.on("mini1", tries.join("\n"));
    const program = await programOf({ files: { "/etc/minirack-test.conf": { content: "x\n" } } });
    expect(await program.up()).toBe("");
    await program.destroy();
    await closePool();
    expect(unexcused(before, await labSnapshot("mini1", stack), [], new Set())).toEqual([]);
  });

  test("an entry that cannot go back keeps nothing else, and the way in stays until it can", async () => {
    const before = await labSnapshot("mini1", stack);
    const program = await programOf({
      users: { ada: {}, ben: {} },
      files: { "/etc/minirack-test.conf": { content: "x\n" } },
    });
    expect(await program.up()).toBe("");
    await lab.on("mini1", "systemd-run --quiet --unit=busy --uid=ada sleep 3600");
    const error = await failureOf(program.destroy());
    await closePool();
    expect(error.message.replace(/: \d+ where/, ": PID where")).toBe(
      "node mini1: sshAccess: expected all to be as it was before the way in is closed, got accounts user ada " +
        "(/var/lib/minirack/accounts.json): PID where minirack expected ada to have no processes " +
        "(end them: loginctl terminate-user ada); mend that on the node and run the command again; to " +
        "leave it as it is, remove its record there first",
    );
    await lab.on(
      "mini1",
      "! test -e /etc/minirack-test.conf; ! id ben 2> /dev/null; id ada; systemctl stop busy",
    );
    await program.destroy();
    await closePool();
    expect(unexcused(before, await labSnapshot("mini1", stack), [], new Set())).toEqual([]);
  });

  const programOf = async (wanted: Record<string, unknown>) => {
    const file = join(testFolder, `${stack}-stuck.yaml`);
    await writeFile(
      file,
      stringify({ ...fileAbove(lab), nodes: [{ ...fileNode(lab, "mini1"), ...wanted }] }),
    );
    return await nodeProgram(provider, stack, file);
  };
});
