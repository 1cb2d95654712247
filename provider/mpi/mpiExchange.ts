import { z } from "zod";
import { checkInputs } from "../checkInputs.ts";
import type { Properties, Resource, ResourceRules } from "../resource.ts";
import { isSame } from "../settings/setting.ts";
import { connectionSchema } from "../transport/connection.ts";
import { LostConnection, lastLines, NodeError } from "../transport/nodeError.ts";
import { pooledNode } from "../transport/pool.ts";
import { exchangeScript, versionsScript } from "./mpiScripts.ts";

const rule = z.object({
  implementation: z
    .enum(["mpich", "openmpi"])
    .meta({ id: "MpiImplementation" })
    .describe("which MPI the nodes have"),
  node: z.string().min(1).describe("the node that the run starts on"),
  connection: connectionSchema.describe("how that node is reached"),
  addresses: z.record(z.string(), z.string()).describe("node → link address, all of them"),
  interface: z.string().min(1).describe("name of the links' interface"),
  trigger: z.string().optional().describe("any text: another one makes it run again"),
});

export const mpiExchangeRules: ResourceRules = {
  description: "the proof that MPI works: a sum over all nodes, its bytes seen on the link",
  inputs: rule,
  outputs: z.object({
    version: z.string().describe("version of the implementation, the same on all nodes"),
    linkBytes: z.number().int().describe("bytes that left over the link during the exchange"),
  }),
};
type Wanted = z.infer<typeof rule>;

const exchanged = z.object({ nodes: z.array(z.string()), bytes: z.number() });
const timeoutSeconds = 30;

/**
 * The proof that MPI works: one process on each node, a sum over all of them, its bytes seen on the link. It runs when
 * it is made and when implementation, nodes, addresses, interface or trigger change; a look never runs it.
 */
export const mpiExchange: Resource = {
  outputs: ["version", "linkBytes"],
  outputsMayChange: true,
  check: (inputs) => checkInputs(rule, inputs),
  async create(inputs) {
    const measured = await prove(rule.parse(inputs));
    return { id: "mpi", state: { ...inputs, ...measured } };
  },
  async read(id, inputs, state) {
    if (inputs !== undefined) return { id, inputs, state };
    throw new Error(
      `expected ${id} to be made by pulumi up, got an import; leave it out: it is a run, not a thing`,
    );
  },
  async update(_id, { from, to, state }) {
    if (isSame(subject(from), subject(to))) return { ...state, ...to };
    return { ...to, ...(await prove(rule.parse(to))) };
  },
  async delete() {},
};

/** What the proof is of; how the first node is reached is none of it. */
function subject(inputs: Properties): Properties {
  const { node: _node, connection: _connection, ...rest } = inputs;
  return rest;
}

async function prove(wanted: Wanted): Promise<Properties> {
  const version = await commonVersion(wanted);
  const names = Object.keys(wanted.addresses);
  const given = { processes: names.length, link: wanted.interface, timeoutSeconds };
  const text = exchangeScript(wanted.implementation, given);
  const { code, stdout, stderr } = await runOn(wanted, { text, holdsStdin: true });
  if (code !== 0) throw runFailed(wanted, code, lastLines(stderr) || lastLines(stdout));
  const { bytes, nodes } = exchanged.parse(
    JSON.parse(stdout.split("\n").find((line) => line.startsWith("{")) ?? "{}"),
  );
  const sent = Number(/^sent\t(\d+)$/m.exec(stdout)?.[1]);
  if (nodes.length !== names.length) throw tooFew(wanted, nodes);
  if (!(sent >= bytes / 2)) throw besideTheLink(wanted, bytes, sent);
  return { version, linkBytes: sent };
}

/** Different versions start one another's processes with words that the other does not know. */
async function commonVersion(wanted: Wanted): Promise<string> {
  const { addresses, implementation, node } = wanted;
  const peers = Object.entries(addresses).map(([name, address]) => ({ name, address }));
  const others = peers.filter(({ name }) => name !== node);
  const { stdout } = await runOn(wanted, { text: versionsScript(implementation, node, others) });
  const found = peers.map(({ name, address }) => {
    const answer = new RegExp(`^${name}\t(.*)$`, "m").exec(stdout)?.[1] ?? "";
    if (/^\d+(\.\d+)+$/.test(answer)) return { name, version: answer };
    throw notStarted(wanted, { name, address }, answer);
  });
  const [first, ...rest] = found;
  const other = rest.find(({ version }) => version !== first?.version);
  if (first === undefined || other !== undefined) throw mixed(wanted, found);
  return first.version;
}

async function runOn(
  { node, connection }: Wanted,
  script: { text: string; holdsStdin?: boolean },
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { session } = pooledNode({ name: node, connection });
  const run = () => session.run({ ...script, timeoutSeconds: 4 * timeoutSeconds });
  return await run().catch((error: unknown) => {
    if (error instanceof LostConnection) return run(); // it changes nothing, so it is worth another try
    throw error;
  });
}

function failure({ node }: Wanted, expected: string, found: string, remedy: string): NodeError {
  return new NodeError({ node, subject: "mpi", expected, found, remedy });
}

function notStarted(
  wanted: Wanted,
  { name, address }: { name: string; address: string },
  found: string,
): NodeError {
  const { implementation, node } = wanted;
  const isOwn = name === node;
  const expected = isOwn
    ? `${implementation} to start here`
    : `${implementation} to start on ${name} (${address})`;
  const remedy = isOwn
    ? "put the packages right by pulumi up --refresh"
    : `on ${node} try ssh ${address} mpiexec.${implementation} --version, then pulumi up --refresh`;
  return failure(wanted, expected, found || "no answer", remedy);
}

function mixed(wanted: Wanted, found: { name: string; version: string }[]): NodeError {
  const versions = found.map(({ name, version }) => `${version} on ${name}`).join(", ");
  const expected = `one version of ${wanted.implementation} on all nodes`;
  return failure(wanted, expected, versions, "name the nodes with one Debian release in mpi.nodes");
}

function runFailed(wanted: Wanted, code: number, lines: string): NodeError {
  const names = Object.entries(wanted.addresses).map(([name, address]) => `${name} (${address})`);
  const isLate = code === 124 || code === 137;
  const end = isLate ? `no end within ${timeoutSeconds} s` : `exit code ${code}`;
  const hint =
    isLate && wanted.implementation === "mpich"
      ? "Debian 12's mpich hangs in MPI_Finalize now and then: implementation: openmpi does not; else "
      : "";
  return failure(
    wanted,
    `exchanges between ${names.join(" and ")} over ${wanted.interface}`,
    `${end}: ${lines}`,
    `${hint}run scripts/check for nodes that do not reach one another, and see that no firewall is on the link`,
  );
}

function tooFew(wanted: Wanted, nodes: string[]): NodeError {
  const expected = `one process on each of ${Object.keys(wanted.addresses).join(", ")}`;
  return failure(wanted, expected, nodes.join(", ") || "none", "pulumi up --refresh puts the hostfile right");
}

function besideTheLink(wanted: Wanted, bytes: number, sent: number): NodeError {
  const expected = `${bytes} bytes of the exchange to leave over ${wanted.interface}`;
  return failure(
    wanted,
    expected,
    `${sent}: they went another way`,
    "see that the link is up: scripts/check",
  );
}
