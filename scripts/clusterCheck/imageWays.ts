import type { Notebook } from "../../config/notebook.ts";
import { chooseWay, type ImageWay } from "../../runners/notebook/image/chooseWay.ts";
import type { NodeCheck } from "./checkNode.ts";
import type { Finding } from "./findings.ts";
import type { Engine } from "./nodeFacts.ts";

/** How images of notebooks would come to be on a node from this controller. */
export interface ImageWayCheck {
  node: string;
  /** Undefined where the node does not answer or its engine does not. */
  way: ImageWay | undefined;
  /** Why it is not the usual way, or is none. */
  reason: string | undefined;
}

/** @param hasEngine whether a Docker engine answers on this controller */
export function imageWays(
  notebook: Notebook | undefined,
  checks: NodeCheck[],
  hasEngine: boolean,
): ImageWayCheck[] {
  const able = checks.filter(({ spec }) => notebook?.nodes.includes(spec.name));
  return able.map(({ spec, facts }) => ({
    node: spec.name,
    ...(facts === undefined ? { way: undefined, reason: "no answer" } : wayTo(facts.engine, hasEngine)),
  }));
}

function wayTo(engine: Engine | undefined, hasEngine: boolean): Omit<ImageWayCheck, "node"> {
  if (engine === undefined) return { way: undefined, reason: "no Docker engine" };
  if ("refusal" in engine) return { way: undefined, reason: engine.refusal };
  const { way, reason } = chooseWay({ ...engine, controllerArchitecture: process.arch, hasEngine });
  return { way, reason };
}

/** Nodes that would run notebooks and cannot; one that does not answer has a finding already. */
export function imageFindings(ways: ImageWayCheck[], checks: NodeCheck[], stack: string): Finding[] {
  const answering = new Set(checks.filter(({ facts }) => facts).map(({ spec }) => spec.name));
  return ways.flatMap(({ node, way, reason = "" }) => {
    if (way !== undefined || !answering.has(node)) return [];
    const remedy = `npm run stack -- up --stack ${stack}, then scripts/status ${node} --service docker --stack ${stack}`;
    return [{ node, subject: "docker", found: reason, remedy }];
  });
}
