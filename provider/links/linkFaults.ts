import { NodeError } from "../transport/nodeError.ts";
import type { ReadyEnd } from "./linkEnds.ts";
import type { Look } from "./look.ts";

/** What is wrong with a link, told from the side of the node that it was seen on. */
function linkFault(
  { name }: ReadyEnd,
  to: ReadyEnd,
  [expected, found, remedy]: [expected: string, found: string, remedy: string],
): NodeError {
  return new NodeError({ node: name, subject: `link to ${to.name}`, expected, found, remedy });
}

/** Why traffic from one end to the other is no traffic of the link; undefined where it is. */
export function wayFault(from: ReadyEnd, to: ReadyEnd, look: Look): NodeError | undefined {
  const way = look.ways.get(to.name);
  if (way?.interface !== from.interface) return elsewhere(from, to, way);
  if (!look.isWireless || from.mayBeWireless) return undefined;
  return linkFault(from, to, [
    `a cable at ${from.interface}`,
    "a wireless interface",
    "give linkAddress the interface of a cable, or say connectionType: wifi of the node if Wi-Fi is meant",
  ]);
}

function elsewhere(
  from: ReadyEnd,
  to: ReadyEnd,
  way: { interface: string; isWireless: boolean } | undefined,
) {
  const wireless = way?.isWireless ? ", which is wireless" : "";
  return linkFault(from, to, [
    `traffic to ${to.address} to leave by ${from.interface}`,
    way === undefined ? "no way there" : `${way.interface}${wireless}`,
    `look at \`ip route get ${to.address}\` there and at the addresses of both ends, then run pulumi up --refresh`,
  ]);
}

/** The other end does not answer. */
export function noAnswer(from: ReadyEnd, to: ReadyEnd): NodeError {
  return linkFault(from, to, [
    `an answer from ${to.address} over ${from.interface}`,
    "none",
    "look at the cable, at the addresses of both ends and at firewalls that drop ping",
  ]);
}

/** Traffic could not be measured. */
export function noMeasurement(from: ReadyEnd, to: ReadyEnd, found: string): NodeError {
  return linkFault(from, to, [
    `a second of traffic to ${to.address} over ${from.interface}`,
    found,
    "see that iperf3 is on both nodes (`links:` in the cluster file brings it) and that no firewall keeps ports 5201 to 5209 shut on the link",
  ]);
}

/** Less passes than the cluster file wants. */
export function tooSlow(
  from: ReadyEnd,
  to: ReadyEnd,
  speed: { minGbps: number; gbps: number; isWireless: boolean },
) {
  const wireless = speed.isWireless ? " by Wi-Fi" : "";
  return linkFault(from, to, [
    `at least ${speed.minGbps} Gb/s over ${from.interface}`,
    `${speed.gbps} Gb/s${wireless}`,
    `look at the cable and at the speed that both ends agreed on (ethtool ${from.interface}), or lower links.minGbps`,
  ]);
}
