/** How an image comes to be on a node. */
export type ImageWay = "ship" | "buildOnNode";

/** What the choice hangs on. */
export interface WayFacts {
  /** Of the node's engine, as Docker writes it. */
  architecture: string;
  /** Of the node's engine: Debian GNU/Linux 12, Docker Desktop. */
  operatingSystem: string;
  /** This controller's, as Node writes it: x64, arm64. */
  controllerArchitecture: string;
  /** Whether an engine answers on this controller. */
  hasEngine: boolean;
}

const architectures: Record<string, string> = { x64: "x86_64", arm64: "aarch64" };

/** The way, and why it is not the usual one. */
export function chooseWay(facts: WayFacts): { way: ImageWay; reason?: string } {
  const { architecture, operatingSystem, controllerArchitecture, hasEngine } = facts;
  const onNode = (reason: string) => ({ way: "buildOnNode" as const, reason });
  if (!hasEngine) return onNode("no Docker engine answers here");
  const own = architectures[controllerArchitecture] ?? controllerArchitecture;
  if (own !== architecture) return onNode(`its processor is ${architecture}, this computer's ${own}`);
  if (isVirtual(operatingSystem)) return onNode(`${operatingSystem} does not share its node's loopback`);
  return { way: "ship" };
}

/** Engines in a virtual machine: their 127.0.0.1 is that machine's. */
function isVirtual(operatingSystem: string): boolean {
  return /docker desktop|colima|lima|rancher|orbstack|alpine/i.test(operatingSystem);
}
