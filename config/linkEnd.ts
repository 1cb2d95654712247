import type { ClusterNode } from "./cluster.ts";

/** One end of a link: which interface of which node has which address. */
export interface LinkEnd {
  node: string;
  interface: string;
  /** Without its prefix. */
  address: string;
}

/** A node's end of the links that nodes reach one another by: the first of its link addresses; undefined without one. */
export function linkEnd({ name, settings }: Pick<ClusterNode, "name" | "settings">): LinkEnd | undefined {
  const [first] = Object.entries(settings.linkAddress ?? {});
  if (first === undefined) return undefined;
  const [interfaceName, address] = first;
  return { node: name, interface: interfaceName, address: String(address).split("/")[0] ?? "" };
}
