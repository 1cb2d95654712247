import type { NodeCheck } from "./checkNode.ts";
import type { Finding } from "./findings.ts";

/** One end of a link as it was found. */
export interface LinkCheck {
  node: string;
  interface: string;
  /** Without its prefix. */
  address: string;
  /** Whether the interface has the address; undefined where the node did not answer. */
  hasAddress: boolean | undefined;
  /** Other nodes that answer over the link, and those that do not. */
  reached: string[];
  unreached: string[];
}

/** Link addresses by node, as the cluster file has them. */
export function linkEnds(specs: NodeCheck["spec"][]): { node: string; interface: string; address: string }[] {
  return specs.flatMap(({ name, settings }) =>
    Object.entries(settings.linkAddress ?? {}).map(([interfaceName, address]) => ({
      node: name,
      interface: interfaceName,
      address: String(address).split("/")[0] ?? "",
    })),
  );
}

/** Every end of every link, with whom it reaches. */
export function linkChecks(checks: NodeCheck[]): LinkCheck[] {
  const ends = linkEnds(checks.map(({ spec }) => spec));
  return ends.map((end) => {
    const facts = checks.find(({ spec }) => spec.name === end.node)?.facts;
    const others = ends.filter(({ node }) => node !== end.node);
    const answering = (isReached: boolean) =>
      others.filter(({ address }) => facts?.peers[address] === isReached).map(({ node }) => node);
    const hasAddress = facts?.addresses.some(
      (one) => one.interface === end.interface && one.address === end.address,
    );
    return { ...end, hasAddress, reached: answering(true), unreached: answering(false) };
  });
}

/** What is wrong with links between nodes that answer: a node that is down has a finding already. */
export function linkFindings(links: LinkCheck[], stack: string): Finding[] {
  const down = new Set(links.filter(({ hasAddress }) => hasAddress === undefined).map(({ node }) => node));
  return links.flatMap(({ node, interface: name, address, hasAddress, unreached }) => {
    const silent = unreached.filter((other) => !down.has(other));
    const subject = `link ${name}`;
    if (hasAddress === false) {
      return [
        { node, subject, found: `no address ${address}`, remedy: `npm run stack -- up --stack ${stack}` },
      ];
    }
    if (silent.length === 0) return [];
    const found = `no answer over it from ${silent.join(", ")}`;
    return [{ node, subject, found, remedy: "look at the cable and at the addresses on both ends" }];
  });
}
