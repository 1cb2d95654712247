import type { ContainerArgs } from "@pulumi/docker";
import type { Input } from "@pulumi/pulumi";
import type { LabNode } from "./labFile.ts";

export interface NodeContainer {
  stack: string;
  node: LabNode;
  port: number;
  image: Input<string>;
  linkNetwork: Input<string>;
  /** Absolute path of the stack's `.minirack/STACK`. */
  folder: string;
  cgroupVersion: "1" | "2";
}

/** What runs, unprivileged, as a node with systemd as its PID 1. Entrypoint, stop signal and environment are the image's. */
export function nodeContainer({
  stack,
  node,
  port,
  image,
  linkNetwork,
  folder,
  cgroupVersion,
}: NodeContainer) {
  return {
    name: `minirack-${stack}-${node.name}`,
    hostname: node.name,
    image,
    labels: [{ label: "dev.minirack.lab", value: stack }],
    ports: [{ internal: 22, external: port, ip: "127.0.0.1" }],
    // Docker attaches its default network first, so that the second is eth1 on every version.
    networksAdvanced: [{ name: "bridge" }, { name: linkNetwork }],
    volumes: [
      { hostPath: `${folder}/disks/${node.name}`, containerPath: "/disk" },
      { hostPath: `${folder}/firstBoot/${node.name}`, containerPath: "/run/firstBoot", readOnly: true },
      // With cgroup v2 the node has a namespace of its own, which the entrypoint makes writable.
      ...(cgroupVersion === "1" ? [{ hostPath: "/sys/fs/cgroup", containerPath: "/sys/fs/cgroup" }] : []),
    ],
    tmpfs: { "/run": "", "/run/lock": "", "/tmp": "exec" },
    cgroupnsMode: cgroupVersion === "1" ? "host" : "private",
    // The engine stores capabilities with their prefix; without it each refresh would show a difference.
    capabilities: { adds: ["CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SYS_PTRACE"] },
    deviceCgroupRules: ["a *:* rwm"],
    restart: "unless-stopped", // so that a node's own reboot is one, and ends it as little as a computer's
    securityOpts: ["seccomp=unconfined", "apparmor=unconfined"],
  } satisfies ContainerArgs;
}
