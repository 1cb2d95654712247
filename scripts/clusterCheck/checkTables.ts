import type { MeasuredPair } from "../../provider/links/figures.ts";
import { durationText } from "../durationText.ts";
import { textTable } from "../textTable.ts";
import type { NodeCheck } from "./checkNode.ts";
import type { ClusterCheck } from "./clusterCheck.ts";
import type { ImageWayCheck } from "./imageWays.ts";
import type { LinkCheck } from "./linkChecks.ts";

const heading = [
  ...["NODE", "ADDRESS", "SYSTEM", "PROCESSOR", "CORES", "MEMORY GiB", "DISK FREE GiB"],
  ...["ROLE", "CONNECTION", "UP", "CLOCK", "REBOOT"],
];

const measuredHeading = ["MEASURED AT THE LAST UP", "INTERFACE", "Gb/s", "ROUND TRIP ms"];

/** What a person reads: nodes, links, memory of all, what is wrong. */
export function checkTables({
  file,
  checks,
  links,
  measured,
  images,
  totalMemoryGb,
  findings,
}: ClusterCheck): string {
  const parts = [
    `${file}: ${checks.length} nodes, no problem in the file`,
    textTable([heading, ...checks.map(nodeRow)]),
    ...(links.length > 0
      ? [textTable([["LINK OF", "INTERFACE", "ADDRESS", "REACHES"], ...links.map(linkRow)])]
      : []),
    ...(measured.length > 0 ? [textTable([measuredHeading, ...measured.map(measuredRow)])] : []),
    ...(images.length > 0 ? [textTable([["NOTEBOOKS ON", "THEIR IMAGES"], ...images.map(imageRow)])] : []),
    `Total memory: ${totalMemoryGb.toFixed(1)} GiB`,
    findings.length === 0
      ? "Nothing is wrong."
      : `Wrong:\n${findings.map(({ node, subject, found, remedy }) => `  ${node}: ${subject}: ${found}\n    → ${remedy}`).join("\n")}`,
  ];
  return parts.join("\n\n");
}

function nodeRow({ spec, facts, clockSkewSeconds: skew = 0 }: NodeCheck): string[] {
  const address = `${spec.user}@${spec.host}:${spec.port}`;
  const end = [spec.role, spec.connectionType ?? "-"];
  if (facts === undefined)
    return [spec.name, address, "no answer", spec.chip ?? "-", "-", "-", "-", ...end, "-", "-", "-"];
  return [
    spec.name,
    address,
    facts.system,
    spec.chip === undefined ? facts.processor : `${spec.chip} (${facts.processor})`,
    String(facts.cores),
    facts.memoryGb.toFixed(1),
    `${facts.diskFreeGb.toFixed(0)} of ${facts.diskGb.toFixed(0)}`,
    ...end,
    durationText(facts.uptimeSeconds),
    skew === 0 ? "right" : `${skew > 0 ? "+" : ""}${skew.toFixed(1)} s`,
    facts.rebootReason === undefined ? "-" : "required",
  ];
}

function measuredRow({ from, to, interface: name, gbps, roundTripMs }: MeasuredPair): string[] {
  return [`${from} - ${to}`, name, String(gbps), String(roundTripMs)];
}

function imageRow({ node, way, reason }: ImageWayCheck): string[] {
  if (way === undefined) return [node, reason ?? "-"];
  return [node, way === "ship" ? "are sent as the layers it lacks" : `are built there: ${reason}`];
}

function linkRow({ node, interface: name, address, hasAddress, reached, unreached }: LinkCheck): string[] {
  const silent = unreached.length > 0 ? [`not ${unreached.join(", ")}`] : [];
  const state = hasAddress === undefined ? "no answer" : [...reached, ...silent].join(", ") || "-";
  return [node, name, hasAddress === false ? `${address} (missing)` : address, state];
}
