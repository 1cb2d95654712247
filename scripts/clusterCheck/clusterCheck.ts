import { type MeasuredPair, measuredPairs } from "../../provider/links/figures.ts";
import { storedFigures } from "../measureLinks/storedFigures.ts";
import type { OpenStack } from "../nodes/stackNodes.ts";
import { checkNode, type NodeCheck } from "./checkNode.ts";
import type { Finding } from "./findings.ts";
import { type LinkCheck, linkChecks, linkEnds, linkFindings } from "./linkChecks.ts";

/** A cluster as it was found. */
export interface ClusterCheck {
  stack: string;
  /** The cluster file. */
  file: string;
  checks: NodeCheck[];
  links: LinkCheck[];
  /** What the last `pulumi up` measured. */
  measured: MeasuredPair[];
  /** Memory of the nodes that answered. */
  totalMemoryGb: number;
  findings: Finding[];
}

/** Looks at all nodes of a stack at once. */
export async function clusterCheck({
  stack,
  file,
  nodes,
  resources = [],
}: Omit<OpenStack, "cluster" | "resources"> & Partial<OpenStack>): Promise<ClusterCheck> {
  const ends = linkEnds(nodes.map(({ spec }) => spec));
  const checks = await Promise.all(
    nodes.map((node) => {
      const others = ends.filter((end) => end.node !== node.spec.name);
      const isLinked = others.length < ends.length;
      return checkNode(node, { peers: isLinked ? others.map(({ address }) => address) : [], file, stack });
    }),
  );
  const links = linkChecks(checks);
  const findings = [...checks.flatMap((check) => check.findings), ...linkFindings(links, stack)];
  const totalMemoryGb = checks.reduce((sum, { facts }) => sum + (facts?.memoryGb ?? 0), 0);
  const measured = measuredPairs(storedFigures(resources));
  return { stack, file, checks, links, measured, totalMemoryGb, findings };
}
