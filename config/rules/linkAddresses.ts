import type { ClusterRule, SoundNode, Tell } from "./clusterRule.ts";
import { subnetOf } from "./subnet.ts";

interface Link {
  path: PropertyKey[];
  owner: string;
  address: string;
  /** Whether nodes reach one another by it. */
  isFirst: boolean;
}

/** Each link has an address of its own, which a node can have; those by which nodes reach one another are in one subnet. */
export const linkAddresses: ClusterRule = {
  needsWhole: false,
  check({ nodes }, tell) {
    const links = nodes.flatMap(linksOf);
    expectDistinct(links, tell);
    const usable = links.filter((link) => expectUsable(link, tell));
    expectOneSubnet(
      usable.filter(({ isFirst }) => isFirst),
      tell,
    );
  },
};

function linksOf({ name, linkAddress = {} }: SoundNode, index: number): Link[] {
  return Object.entries(linkAddress).map(([key, address], place) => ({
    path: ["nodes", index, "linkAddress", key],
    owner: name ?? `nodes[${index}]`,
    address,
    isFirst: place === 0,
  }));
}

function expectDistinct(links: Link[], tell: Tell): void {
  const owners = new Map<string, string>();
  for (const { path, owner, address } of links) {
    const [ip = ""] = address.split("/");
    const other = owners.get(ip);
    if (other === undefined) owners.set(ip, owner);
    else tell(path, `expected an address of its own, got "${address}", which ${other} has; correct one`);
  }
}

function expectUsable({ path, address }: Link, tell: Tell): boolean {
  const { isReserved, text } = subnetOf(address);
  if (isReserved)
    tell(path, `expected an address of a node, got "${address}", which is ${text}'s own; write another`);
  return !isReserved;
}

function expectOneSubnet(links: Link[], tell: Tell): void {
  const subnets = links.map(({ address }) => subnetOf(address).text);
  const count = (subnet: string) => subnets.filter((one) => one === subnet).length;
  const [usual] = [...subnets].sort((one, other) => count(other) - count(one)); // which keeps the order of equals
  for (const { path, address } of links) {
    if (subnetOf(address).text === usual) continue;
    const text = `expected an address in ${usual}, as the other nodes' first link, got "${address}"; correct it, or put that link first`;
    tell(path, text);
  }
}
