import Docker from "dockerode";
import { z } from "zod";
import type { Properties, Resource } from "../provider/resource.ts";
import { checkedBy, readBy, serveStandIn, withoutDefaults } from "./standIn.ts";

const docker = new Docker();
const labels = z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]);
const port = z.strictObject({ internal: z.int(), external: z.int(), ip: z.string() });
const volume = z.strictObject({
  hostPath: z.string(),
  containerPath: z.string(),
  readOnly: z.boolean().optional(),
});
const container = z.strictObject({
  name: z.string(),
  hostname: z.string(),
  image: z.string(),
  labels,
  ports: z.array(port).default([]),
  networksAdvanced: z.array(z.strictObject({ name: z.string() })).min(1),
  volumes: z.array(volume).default([]),
  tmpfs: z.record(z.string(), z.string()).default({}),
  cgroupnsMode: z.enum(["host", "private"]),
  capabilities: z.strictObject({ adds: z.array(z.string()) }),
  deviceCgroupRules: z.array(z.string()).default([]),
  securityOpts: z.array(z.string()).default([]),
  restart: z.enum(["no", "unless-stopped"]).default("no"),
  mustRun: z.literal(true).optional(),
});
const network = z.strictObject({
  name: z.string(),
  internal: z.boolean().default(false),
  labels,
  ipamConfigs: z.array(z.strictObject({ subnet: z.string(), ipRange: z.string().optional() })).default([]),
});

const fromLabels = (wanted: z.infer<typeof labels>) =>
  Object.fromEntries(wanted.map(({ label, value }) => [label, value]));

const unlessGone = (error: unknown): undefined => {
  const isGone = error instanceof Error && "statusCode" in error && error.statusCode === 404;
  if (!isGone) throw error;
};

async function makeContainer(wanted: z.infer<typeof container>): Promise<Docker.Container> {
  const bindings = wanted.ports.map(({ internal, external, ip }) => [
    `${internal}/tcp`,
    [{ HostIp: ip, HostPort: String(external) }],
  ]);
  const [first, ...others] = wanted.networksAdvanced;
  const hosted = {
    NetworkMode: first?.name, // so that this one is the first interface
    PortBindings: Object.fromEntries(bindings),
    Binds: wanted.volumes.map((at) => `${at.hostPath}:${at.containerPath}${at.readOnly ? ":ro" : ""}`),
    Tmpfs: wanted.tmpfs,
    CgroupnsMode: wanted.cgroupnsMode,
    CapAdd: wanted.capabilities.adds,
    DeviceCgroupRules: wanted.deviceCgroupRules,
    SecurityOpt: wanted.securityOpts,
    RestartPolicy: { Name: wanted.restart },
  };
  const made = await docker.createContainer({
    name: wanted.name,
    Hostname: wanted.hostname,
    Image: wanted.image,
    Labels: fromLabels(wanted.labels),
    ExposedPorts: Object.fromEntries(bindings.map(([name]) => [name, {}])),
    HostConfig: hosted,
  });
  try {
    for (const { name } of others) await docker.getNetwork(name).connect({ Container: made.id });
    await made.start();
  } catch (error) {
    await made.remove({ force: true, v: true });
    throw error;
  }
  return made;
}

/** Of a container only its name, its networks, its restarts and whether it runs can change after it was made. */
async function containerDrift(id: string, inputs: Properties): Promise<Properties> {
  const { HostConfig, Name, NetworkSettings, State } = await docker.getContainer(id).inspect();
  const names = Object.keys(NetworkSettings.Networks).sort();
  const wanted = z.object({ networksAdvanced: z.array(z.object({ name: z.string() })) }).parse(inputs);
  const isSame = String(wanted.networksAdvanced.map(({ name }) => name).sort()) === String(names);
  return {
    name: Name.slice(1),
    ...((!State.Running || "mustRun" in inputs) && { mustRun: State.Running }),
    restart: HostConfig.RestartPolicy?.Name || "no",
    ...(!isSame && { networksAdvanced: names.map((name) => ({ name })) }),
  };
}

const containerToken = "docker:index/container:Container";
const dockerContainer: Resource = {
  outputs: [],
  check: checkedBy(containerToken, container),
  comparable: withoutDefaults,
  replaces: (property) => !["mustRun", "restart"].includes(property),
  create: async (inputs) => ({ id: (await makeContainer(container.parse(inputs))).id, state: inputs }),
  read: readBy((id, inputs) => containerDrift(id, inputs).catch(unlessGone)),
  update: async (id, { to }) => {
    const { restart } = container.parse(to);
    const made = docker.getContainer(id);
    await made.update({ RestartPolicy: { Name: restart } });
    const { State } = await made.inspect();
    if (!State.Running) await made.start();
    return to;
  },
  delete: (id) => docker.getContainer(id).remove({ force: true, v: true }).catch(unlessGone),
};

const networkToken = "docker:index/network:Network";
const dockerNetwork: Resource = {
  outputs: [],
  check: checkedBy(networkToken, network),
  comparable: withoutDefaults,
  replaces: () => true,
  create: async (inputs) => {
    const { name, internal, labels, ipamConfigs } = network.parse(inputs);
    const Config = ipamConfigs.map(({ subnet, ipRange }) => ({
      Subnet: subnet,
      ...(ipRange && { IPRange: ipRange }),
    }));
    const made = await docker.createNetwork({
      Name: name,
      Internal: internal,
      Labels: fromLabels(labels),
      IPAM: { Driver: "default", Config },
    });
    return { id: made.id, state: inputs };
  },
  read: readBy(async (id) => (await docker.getNetwork(id).inspect().catch(unlessGone)) && {}), // all else stays as made,
  update: async (_id, { to }) => to,
  delete: (id) => docker.getNetwork(id).remove().catch(unlessGone),
};

serveStandIn("5.2.0", { [containerToken]: dockerContainer, [networkToken]: dockerNetwork });
