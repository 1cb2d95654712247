import type { ClusterNode } from "../../config/cluster.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { NodeError, Unreachable } from "../../provider/transport/nodeError.ts";
import { type PooledNode, pooledNode } from "../../provider/transport/pool.ts";
import { redact } from "../../provider/transport/redact.ts";
import type { StackNode } from "../nodes/stackNodes.ts";
import { clockSkewSeconds, type Moment } from "./clockSkew.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { factsScript, type NodeFacts, parseFacts } from "./nodeFacts.ts";

/** A node as it was found. Without facts it did not answer, which is one of its findings. */
export interface NodeCheck {
  spec: ClusterNode;
  facts?: NodeFacts;
  clockSkewSeconds?: number;
  findings: Finding[];
}

/** What is asked besides the node itself. */
export interface Asked {
  /** Link addresses of the other nodes. */
  peers: string[];
  /** The cluster file. */
  file: string;
  stack: string;
}

/** Looks at one node by one script over one connection. Never fails: what is wrong is a finding. */
export async function checkNode(node: StackNode, { peers, file, stack }: Asked): Promise<NodeCheck> {
  const { spec } = node;
  const findings: Finding[] = [];
  try {
    const target = await node.target();
    const { answer, before, after, refusal } = await ask(target, factsScript(peers), spec.os);
    if (refusal) findings.push(findingOf(spec.name, refusal));
    const facts = parseFacts(answer, pooledNode(target).session.greeting);
    const skew = clockSkewSeconds(facts.clock, before, after);
    const ssh = `ssh -p ${spec.port} ${spec.user}@${spec.host}`;
    findings.push(...findingsOf({ spec, facts, clockSkewSeconds: skew, ssh, file, stack }));
    return { spec, facts, clockSkewSeconds: skew, findings };
  } catch (error) {
    return { spec, findings: [...findings, findingOf(spec.name, error)] };
  }
}

interface Answer {
  answer: string;
  before: Moment;
  after: Moment;
  /** Why it could not be asked as root. */
  refusal?: NodeError;
}

/** As root, as settings are read; where that fails, as the user, who may ask all of it too. */
async function ask(target: Target, script: string, os: ClusterNode["os"]): Promise<Answer> {
  const pooled = pooledNode(target);
  if (os === "macos") return await askAsUser(pooled, script);
  try {
    await pooled.session.ready(); // connecting is no part of the clock's time
    const before = Date.now() / 1000;
    const answer = await pooled.reads.read("check", script);
    return { answer, before, after: Date.now() / 1000 };
  } catch (error) {
    if (!(error instanceof NodeError) || error instanceof Unreachable) throw error;
    if (error.failure.subject !== "sudo" && error.failure.subject !== "check") throw error;
    return { ...(await askAsUser(pooled, script)), refusal: error };
  }
}

async function askAsUser({ session }: PooledNode, script: string): Promise<Answer> {
  const before = Date.now() / 1000;
  const { stdout } = await session.run({
    text: `main() {\n${script}\n}\nmain </dev/null\n`,
    timeoutSeconds: 60,
  });
  return { answer: stdout, before, after: Date.now() / 1000 };
}

function findingOf(node: string, error: unknown): Finding {
  if (error instanceof NodeError) {
    const { subject, expected, found, remedy } = error.failure;
    return { node, subject, found: redact(`expected ${expected}, got ${found}`), remedy: redact(remedy) };
  }
  const found = redact(error instanceof Error ? error.message : String(error));
  return { node, subject: "check", found, remedy: "put that right, then run scripts/check again" };
}
