import { expect, test } from "vitest";
import type { BenchLab } from "../../bench/benchLab.ts";
import type { BenchTool } from "../../bench/benchTool.ts";
import { type BenchCase, cases, Times } from "../../bench/figures.ts";
import { measure } from "../../bench/measure.ts";

type NodeState = "nothing" | "drifted" | "right";

/** One node that remembers what was done to it, and in which order by whom. */
class FakeNode {
  state: NodeState = "nothing";
  readonly log: string[] = [];
  readonly lab: BenchLab = {
    stack: "fake",
    nodes: [{ name: "mini1", port: 1 }],
    user: "rack",
    identityFile: "",
    folder: "",
    signal: new AbortController().signal,
    on: async () => {
      this.state = "drifted";
      return "";
    },
    onAll: async (script) => {
      if (script.startsWith("public_key=")) return [this.state === "right" ? "limits: yes" : "limits: no"];
      this.state = "nothing";
      return [""];
    },
  };

  tool(name: string, given: Partial<BenchTool> = {}): BenchTool {
    return {
      name,
      lacks: { upNothingToChange: "no look apart", teardown: "no memory" },
      prepare: async () => {},
      apply: async () => {
        const found = this.state;
        this.log.push(`${name} ${found}`);
        this.state = "right";
        return found;
      },
      hasReportedDrift: (printed) => printed === "drifted",
      forget: async () => {},
      ...given,
    };
  }
}

async function measured(node: FakeNode, tools: BenchTool[], chosen: readonly BenchCase[], runs = 3) {
  const times = new Times();
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  await measure({ lab: node.lab, latencyMs: 0, tools, cases: chosen, runs, times, say });
  return { figures: times.figures(), said };
}

const outcome = ({ figures }: Awaited<ReturnType<typeof measured>>) =>
  Object.fromEntries(
    figures.map((one) => [`${one.tool} ${one.case}`, "reason" in one ? one.reason : one.runs]),
  );

test("every case is timed as often as asked; what a tool lacks is told with the reason", async () => {
  const node = new FakeNode();
  const teardown = async () => {
    node.state = "nothing";
    return "";
  };
  const check = async () => node.state;
  const whole = node.tool("whole", { lacks: {}, check, teardown });
  const result = outcome(await measured(node, [whole, node.tool("plain")], cases));
  expect(result).toEqual({
    "whole firstApply": 3,
    "whole nothingToChange": 3,
    "whole upNothingToChange": 3,
    "whole oneDrift": 3,
    "whole teardown": 3,
    "plain firstApply": 3,
    "plain nothingToChange": 3,
    "plain upNothingToChange": "no look apart",
    "plain oneDrift": 3,
    "plain teardown": "no memory",
  });
});

test("each round begins with another tool", async () => {
  const node = new FakeNode();
  const tools = ["a", "b", "c"].map((name) => node.tool(name));
  const { said } = await measured(node, tools, ["firstApply"]);
  const order = said.flatMap((line) => /(\w) firstApply/.exec(line)?.[1] ?? []);
  expect(order.join("")).toBe("abcbcacab");
});

test("each first apply finds nothing of the settings, each look finds nothing to change", async () => {
  const node = new FakeNode();
  await measured(node, [node.tool("a")], ["firstApply"], 2);
  expect(node.log).toEqual(["a nothing", "a drifted", "a right", "a nothing", "a nothing"]);
  node.log.length = 0;
  await measured(node, [node.tool("a")], ["nothingToChange"], 2);
  expect(node.log.slice(-2)).toEqual(["a right", "a right"]);
});

test("a tool that does not report an injected drift has no figure; the others go on", async () => {
  const node = new FakeNode();
  const blind = node.tool("blind", { hasReportedDrift: () => false });
  const result = outcome(await measured(node, [blind, node.tool("a")], ["nothingToChange"]));
  expect(result).toEqual({
    "blind nothingToChange": "nodes 1, latency 0 ms: it did not report an injected drift",
    "a nothingToChange": 3,
  });
});

test("a tool that does not reach the end state has no figure", async () => {
  const node = new FakeNode();
  const idle = node.tool("idle", { apply: async () => "" });
  const result = outcome(await measured(node, [idle], ["firstApply"]));
  const reason = "expected every setting to be true on the nodes, got mini1: limits: no";
  expect(result).toEqual({ "idle firstApply": `nodes 1, latency 0 ms: ${reason}` });
});

test("a tool that reports a drift where there is none has no figure", async () => {
  const node = new FakeNode();
  const nervous = node.tool("nervous", { hasReportedDrift: () => true });
  const result = outcome(await measured(node, [nervous], ["nothingToChange"]));
  expect(result).toEqual({
    "nervous nothingToChange": "nodes 1, latency 0 ms: it reported a drift where there was none",
  });
});

test("a teardown that leaves something has no figure", async () => {
  const node = new FakeNode();
  const lazy = node.tool("lazy", { lacks: {}, teardown: async () => "" });
  node.lab.onAll = async (script) => {
    if (script.startsWith("public_key=")) return ["limits: yes"];
    return [""];
  };
  const result = outcome(await measured(node, [lazy], ["teardown"]));
  const reason = "expected the settings to be gone from the nodes, got mini1: limits: yes";
  expect(result).toEqual({ "lazy teardown": `nodes 1, latency 0 ms: ${reason}` });
});
