import { describe, expect, test } from "vitest";
import { mpiExchange } from "../../../provider/mpi/mpiExchange.ts";
import type { Properties } from "../../../provider/resource.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { ShellOutput } from "../../support/realShell.ts";
import { says, scriptedNode } from "../../support/scriptedNode.ts";

const identity = { stack: "minirack/dev", name: "mpi-exchange" };
const versions = "mini1\t4.1.4\nmini2\t4.1.4\n";
const done = '{"nodes": ["mini1", "mini2"], "bytes": 8000000}\nsent\t8025329\n';

/** A first node that answers with these versions and this end of the exchange. */
async function given(told: string, end: ShellOutput = says(done)) {
  const node = await scriptedNode({
    react: ({ stdin }) => (stdin.includes("hold_lifeline\n.") ? end : says(told)),
  });
  const { connection } = node.target();
  const addresses = { mini1: "172.31.0.11", mini2: "172.31.0.12" };
  const inputs: Properties = {
    implementation: "openmpi",
    node: "mini1",
    connection,
    addresses,
    interface: "eth1",
  };
  return { node, inputs };
}

const messageOf = async (told: string, end?: ShellOutput, more: Properties = {}) => {
  const { inputs } = await given(told, end);
  return (await failureOf(mpiExchange.create({ ...inputs, ...more }, identity))).message;
};

describe("an exchange", () => {
  test("tells the version and what went over the link", async () => {
    const { inputs } = await given(versions);
    const { state } = await mpiExchange.create(inputs, identity);
    expect(state).toEqual({ ...inputs, version: "4.1.4", linkBytes: 8025329 });
  });

  test("is not run by a look, nor when only the way to the node changed", async () => {
    const { node, inputs } = await given(versions);
    const state = { ...inputs, version: "4.1.4", linkBytes: 1 };
    await mpiExchange.read("mpi", inputs, state, identity);
    const to = { ...inputs, connection: { ...node.target().connection, host: "192.0.2.1" } };
    expect(await mpiExchange.update("mpi", { from: inputs, to, state }, identity)).toEqual({
      ...state,
      ...to,
    });
    expect(node.connections).toBe(0);
  });

  test.each([
    ["implementation", "mpich"],
    ["addresses", { mini1: "172.31.0.11", mini3: "172.31.0.12" }],
    ["interface", "eth2"],
    ["trigger", "again"],
  ])("is run again for another %s", async (key, value) => {
    const { node, inputs } = await given("mini1\t4.1.4\nmini2\t4.1.4\nmini3\t4.1.4\n");
    const to = { ...inputs, [key]: value };
    await mpiExchange.update("mpi", { from: inputs, to, state: inputs }, identity);
    expect(node.asked.length).toBe(2);
  });
});

describe("an exchange that fails names both ends and what to do", () => {
  test("where the other does not answer", async () => {
    expect(await messageOf("mini1\t4.1.4\nmini2\tHost key verification failed.\n")).toBe(
      "node mini1: mpi: expected openmpi to start on mini2 (172.31.0.12), got Host key verification failed.; " +
        "on mini1 try ssh 172.31.0.12 mpiexec.openmpi --version, then pulumi up --refresh",
    );
  });

  test("where the versions differ", async () => {
    expect(await messageOf("mini1\t4.1.4\nmini2\t5.0.7\n")).toBe(
      "node mini1: mpi: expected one version of openmpi on all nodes, got 4.1.4 on mini1, 5.0.7 on mini2; " +
        "name the nodes with one Debian release in mpi.nodes",
    );
  });

  test("where it ends with an error", async () => {
    const end = { code: 1, stdout: "", stderr: "connect to 172.31.0.12: no route\n" };
    expect(await messageOf(versions, end)).toBe(
      "node mini1: mpi: expected exchanges between mini1 (172.31.0.11) and mini2 (172.31.0.12) over eth1, " +
        "got exit code 1: connect to 172.31.0.12: no route; " +
        "run scripts/check for nodes that do not reach one another, and see that no firewall is on the link",
    );
  });

  test("where mpich does not end", async () => {
    const end = { code: 124, stdout: done, stderr: "" };
    expect(await messageOf(versions, end, { implementation: "mpich" })).toContain(
      "; Debian 12's mpich hangs in MPI_Finalize now and then: implementation: openmpi does not; else run scripts/check",
    );
  });

  test("where the bytes went another way", async () => {
    expect(await messageOf(versions, says(done.replace("8025329", "1200")))).toBe(
      "node mini1: mpi: expected 8000000 bytes of the exchange to leave over eth1, got 1200: they went another way; " +
        "see that the link is up: scripts/check",
    );
  });
});

test("an import is refused: there is nothing to import", async () => {
  expect((await failureOf(mpiExchange.read("mpi", undefined, {}, identity))).message).toContain(
    "leave it out",
  );
});
