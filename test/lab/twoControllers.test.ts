import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { anotherClone, type Clone } from "../support/anotherClone.ts";
import { randomNumbers } from "../support/randomNumbers.ts";
import { type TestLab, testLab } from "../support/testLab.ts";

const stack = "shared";
const quick = ["--yes", "--skip-preview"];
const unchanged = /Resources:\n {4}\d+ unchanged\n/;
const random = randomNumbers(20251128);

describe.sequential("two controllers with one state and one key, each killed in turn", {
  tags: "matrix",
}, () => {
  let lab: TestLab;
  let controllers: [Clone, Clone];
  let before: string;

  const snapshot = () => labSnapshot("mini1", lab.stack);
  const declare = (text: string) => {
    const files = { "/etc/motd": { content: text }, [`/etc/shelf/${text.trim()}`]: { content: text } };
    const node = { name: "mini1", host: "127.0.0.1", port: lab.portOf("mini1"), files };
    const firstContact = { identityFile: join(lab.folder, "id_ed25519") };
    const cluster = { user: "rack", packages: ["jq"], nodes: [{ ...node, firstContact }] };
    return Promise.all(controllers.map((one) => one.declare(cluster)));
  };
  const stateHas = ({ folder }: Clone, type: string) => {
    const file = join(folder, "backend/.pulumi/stacks/minirack", `${stack}.json`);
    return existsSync(file) && readFileSync(file, "utf8").includes(type);
  };

  /** An up that is killed some time after the state has the cluster's key; one that has ended before is as good. */
  async function killedUp({ cli, env, folder }: Clone, afterSeconds: number): Promise<void> {
    const options = { cwd: folder, env, stdin: "ignore", reject: false } as const;
    const up = execa(cli, ["up", ...quick, "--stack", stack], options);
    await vi.waitUntil(() => stateHas(controllers[0], "minirack:cluster:Key"), { timeout: 120_000 });
    await Promise.race([pause(afterSeconds * 1000), up]);
    up.kill("SIGKILL");
    await up;
  }

  beforeAll(async () => {
    lab = await testLab("labu", 4600, "172.31.36.0/24", ["mini1"]);
    await lab.up();
    before = await snapshot();
    const one = await anotherClone(stack);
    const shared = { home: one.home, backend: join(one.folder, "backend") };
    controllers = [one, await anotherClone(stack, shared)];
  });
  afterAll(async () => {
    for (const one of [...(controllers ?? [])].reverse()) await one.remove();
    await lab?.down();
  });

  test.each([0, 1, 2, 3])("kill %i: the other goes on, and both find nothing to do", async (turn) => {
    const [killed, other] = turn % 2 === 0 ? controllers : [...controllers].reverse();
    if (killed === undefined || other === undefined) throw new Error("expected two controllers");
    await declare(`turn ${turn}\n`);
    await killedUp(killed, random() * 8);
    await other.pulumi(["cancel", "--yes"]);
    await other.pulumi(["up", ...quick]);
    expect(await lab.on("mini1", "cat /etc/motd; ls /etc/shelf")).toBe(`turn ${turn}\nturn ${turn}`);
    for (const one of controllers) expect(await one.pulumi(["preview", "--refresh"])).toMatch(unchanged);
  });

  test("destroy by the second gives the node back, and the key goes with it", async () => {
    await controllers[1].pulumi(["destroy", ...quick]);
    expect(await snapshot()).toBe(before);
    expect(existsSync(join(controllers[0].home, ".ssh/minirack", stack))).toBe(false);
  });
});
