import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { cluster } from "../../stacks/cluster.ts";
import { recordedProgram } from "../support/recordedProgram.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const root = new URL("../../", import.meta.url).pathname;

/** Resources of each node, by the program without an engine: what a preview would list. */
async function previewed(file: string): Promise<Record<string, string[]>> {
  const { resources } = await recordedProgram(() => cluster(`${root}${file}`));
  const nodes: Record<string, string[]> = {};
  for (const { name, inputs, type } of resources.values()) {
    const node = String(inputs.node ?? (type === "minirack:node:HostKey" ? name.split("-")[0] : "(all)"));
    nodes[node] = [...(nodes[node] ?? []), name];
  }
  return nodes;
}

describe("what the shipped cluster files make", () => {
  beforeEach(() => {
    const names = ["redisPassword", "sudoPassword", "firstPassword", "nasPassword"];
    const secrets = names.map((name) => `minirack:${name}`);
    vi.stubEnv("XDG_CACHE_HOME", temporaryFolder()); // this project's own last commit is exported there
    pulumi.runtime.setAllConfig(Object.fromEntries(secrets.map((name) => [name, "secret"])), secrets);
    return () => vi.unstubAllEnvs();
  });

  test("of stacks/macmini.yaml: nothing on the Macs yet", async () => {
    expect(Object.keys(await previewed("stacks/macmini.yaml"))).toEqual(["(all)"]);
  });

  test("of stacks/backtest.yaml: a driver with its queue, its kernel's values and its limits", async () => {
    const { i7 = [] } = await previewed("stacks/backtest.yaml");
    expect(i7).toEqual(
      expect.arrayContaining(["i7-packages", "i7-services", "i7-sysctl", "i7-limits", "i7-files"]),
    );
  });

  test("of examples/everything.yaml: at most 15 resources on each Linux node", async () => {
    const { "(all)": _, ...nodes } = await previewed("examples/everything.yaml");
    expect(Object.keys(nodes).sort()).toEqual(["mini1", "mini2", "queue"]);
    for (const [node, all] of Object.entries(nodes)) {
      const own = all.filter((one) => one.startsWith(`${node}-`)); // the cluster's exchange runs from its first node
      expect(own.length).toBeLessThanOrEqual(15);
    }
  });

  test("of stacks/backtest.yaml without its secret: an error at its place", async () => {
    pulumi.runtime.setAllConfig({}, []);
    const [place, said] = await previewed("stacks/backtest.yaml").then(
      () => [],
      (error: Error) => error.message.split(" nodes[0].redis.password.config: "),
    );
    expect(place).toMatch(/stacks\/backtest.yaml:\d+:\d+$/);
    expect(said).toBe(
      "expected the secret redisPassword in the stack's configuration, got none; run npx pulumi config set --secret minirack:redisPassword",
    );
  });
});
