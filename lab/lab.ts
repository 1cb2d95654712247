import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { local } from "@pulumi/command";
import { Container, Network } from "@pulumi/docker";
import { getStack } from "@pulumi/pulumi";
import { baseImages } from "./images.ts";
import { readLabFile } from "./labFile.ts";
import { labNodes } from "./labNodes.ts";
import { nodeContainer } from "./nodeContainer.ts";

/*
 * All that this program uses of its two plugins (offline/ has exactly this):
 *   command.local.Command  create, dir, environment; output stdout
 *   docker.Network         name, internal, labels[label, value], ipamConfigs[subnet, ipRange]; output name
 *   docker.Container       name, hostname, image (an id), labels[label, value], ports[internal, external, ip],
 *                          networksAdvanced[name] ("bridge" among them), volumes[hostPath, containerPath, readOnly],
 *                          tmpfs, restart, cgroupnsMode, capabilities.adds, deviceCgroupRules, securityOpts; output name
 */

/**
 * The Pulumi program of a lab: nodes on the local Docker engine, as a shelf of computers is before anyone provisions it.
 * @param file path of the lab file; MINIRACK_LAB_NODES trims or extends its list
 * @returns the stack's outputs
 */
export function lab(file: string): Record<string, unknown> {
  const stack = getStack();
  const { user, portBase, linkSubnet, nodes: listed } = readLabFile(file);
  const nodes = labNodes(listed, process.env.MINIRACK_LAB_NODES);
  const folder = resolve(".minirack", stack);
  const images = baseImages();
  const firstContact = new local.Command("first-contact", {
    create: `sh lab/firstContact.sh .minirack/${stack} ${user} ${nodes.map((n) => [n.name, n.sudo, n.firstContact].join(":")).join(" ")}`,
    dir: resolve("."),
  });
  const link = new Network("link", {
    name: `minirack-${stack}-link`,
    internal: true,
    labels: [{ label: "dev.minirack.lab", value: stack }],
    // Docker insists on giving addresses, which the entrypoint drops; they stay out of those for the links.
    ipamConfigs: [{ subnet: linkSubnet, ipRange: linkSubnet.replace("0/24", "128/25") }],
  });
  const cgroupVersion = readCgroupVersion();
  return {
    nodes: nodes.map((node, index) => {
      const port = portBase + index + 1;
      const image = images[node.debian];
      const container = new Container(
        node.name,
        nodeContainer({ stack, node, port, image, linkNetwork: link.name, folder, cgroupVersion }),
        { dependsOn: firstContact, deleteBeforeReplace: true },
      );
      return {
        name: node.name,
        host: "127.0.0.1",
        port,
        user,
        debian: node.debian,
        container: container.name,
      };
    }),
  };
}

function readCgroupVersion(): "1" | "2" {
  const version = execFileSync("docker", ["info", "--format", "{{.CgroupVersion}}"], { encoding: "utf8" });
  return version.trim() === "2" ? "2" : "1";
}
