import { z } from "zod";
import { listed } from "../problems/foundText.ts";
import { feature, installed, mapValues, rootFile, running } from "./feature.ts";

const dockerRule = z.strictObject({
  daemon: z
    .record(z.string(), z.json())
    .default({})
    .superRefine(expectVerifiedClients)
    .describe("content of /etc/docker/daemon.json"),
  users: z
    .array(z.string().min(1))
    .optional()
    .describe("who may use it without sudo, which is as much as root may; the node's user when left out"),
});

type Context = z.RefinementCtx;

const daemonFile = "/etc/docker/daemon.json";
const dropIn = "/etc/systemd/system/docker.service.d/minirack.conf";

/** Debian's Docker engine, or another that serves on the node already. */
export const docker = feature({
  key: "docker",
  rule: dockerRule.describe("the Docker engine"),
  settings: ({ daemon, users }, { user }) => {
    const texts = { ...daemonText(daemon), ...("hosts" in daemon && { [dropIn]: dropInText }) };
    const members = users ?? (user === "root" ? [] : [user]);
    return {
      packages: installed("docker.io"),
      files: mapValues(texts, rootFile),
      services: { "docker.service": running(...Object.keys(texts)) },
      accounts: Object.fromEntries(members.map((one) => [`member docker/${one}`, "member"])),
    };
  },
});

/** Who reaches an open port of Docker's is root on the node: without verified clients only sockets of the node itself pass. */
function expectVerifiedClients(
  { hosts = [], tlsverify, ...tls }: Record<string, unknown>,
  context: Context,
): void {
  const wrong = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  if (!Array.isArray(hosts)) {
    wrong(["hosts"], "expected a list of addresses; write them in brackets, as [fd://]");
    return;
  }
  const missing = ["tlscacert", "tlscert", "tlskey"].filter(
    (key) => typeof tls[key] !== "string" || !tls[key],
  );
  if (tlsverify === true && missing.length > 0)
    wrong(
      ["tlsverify"],
      `expected tlscacert, tlscert and tlskey beside it, got no ${listed(missing)}; add the path`,
    );
  if (tlsverify === true) return;
  hosts.forEach((one, index) => {
    if (/^(fd|unix):\/\//.test(String(one))) return;
    const message = `expected tlsverify: true beside "${one}", got none: whoever reaches that port is root on the node; set tlsverify with tlscacert, tlscert and tlskey, or leave it out and reach Docker over SSH`;
    wrong(["hosts", index], message);
  });
}

function daemonText(daemon: Record<string, unknown>): Record<string, string> {
  return Object.keys(daemon).length === 0 ? {} : { [daemonFile]: `${JSON.stringify(daemon, null, 2)}\n` };
}

/** The program's place is the engine's own: Debian's has another than Docker's packages. */
const dropInText = `# minirack: -H fd:// of the unit and hosts in daemon.json exclude each other
[Service]
ExecStart=
ExecStart=/bin/sh -c 'exec dockerd --containerd=/run/containerd/containerd.sock $DOCKER_OPTS'
`;
