import { type MeasuredPair, measuredPairs } from "../../provider/links/figures.ts";
import { dockerCan } from "../../runners/notebook/image/engine.ts";
import { storedFigures } from "../measureLinks/storedFigures.ts";
import { stackIdIn } from "../nodes/stackId.ts";
import type { OpenStack } from "../nodes/stackNodes.ts";
import { checkNode, type NodeCheck } from "./checkNode.ts";
import type { Finding } from "./findings.ts";
import { type ImageWayCheck, imageFindings, imageWays } from "./imageWays.ts";
import { type LinkCheck, linkChecks, linkEnds, linkFindings } from "./linkChecks.ts";
import { recordFindings, unfinishedFindings } from "./stateFindings.ts";

/** A cluster as it was found. */
export interface ClusterCheck {
  stack: string;
  /** The cluster file. */
  file: string;
  checks: NodeCheck[];
  links: LinkCheck[];
  /** What the last `pulumi up` measured. */
  measured: MeasuredPair[];
  /** How images of notebooks would come to the nodes that run them. */
  images: ImageWayCheck[];
  /** Memory of the nodes that answered. */
  totalMemoryGb: number;
  findings: Finding[];
}

type Checked = Omit<OpenStack, "cluster" | "resources"> & Partial<OpenStack>;

/** Looks at all nodes of a stack at once. */
export async function clusterCheck(opened: Checked): Promise<ClusterCheck> {
  const { stack, file, cluster, resources = [], pending = [] } = opened;
  const [hasEngine, ...checks] = await Promise.all([
    cluster?.notebook !== undefined && dockerCan(["version"]),
    ...checkNodes(opened),
  ]);
  const links = linkChecks(checks);
  const known = { stack, id: stackIdIn(resources, stack), resources, pending };
  const images = imageWays(cluster?.notebook, checks, hasEngine);
  const findings = [
    ...checks.flatMap((check) => check.findings),
    ...linkFindings(links, stack),
    ...imageFindings(images, checks, stack),
    ...unfinishedFindings(known),
    ...recordFindings(checks, known),
  ];
  const totalMemoryGb = checks.reduce((sum, { facts }) => sum + (facts?.memoryGb ?? 0), 0);
  const measured = measuredPairs(storedFigures(resources));
  return { stack, file, checks, links, measured, images, totalMemoryGb, findings };
}

function checkNodes({ stack, file, nodes }: Checked): Promise<NodeCheck>[] {
  const ends = linkEnds(nodes.map(({ spec }) => spec));
  return nodes.map((node) => {
    const others = ends.filter((end) => end.node !== node.spec.name);
    const isLinked = others.length < ends.length;
    return checkNode(node, { peers: isLinked ? others.map(({ address }) => address) : [], file, stack });
  });
}
