import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { debianImage } from "./debianImage.ts";
import { docker, dockerCan } from "./engine.ts";

/** A registry of images on this controller's loopback. */
export interface Registry {
  port: number;
  /** Resolves when it answers. */
  ready: Promise<void>;
  /** Nothing listens afterwards. */
  close(): Promise<void>;
}

const image = "minirack-registry:2";
/** Where its layers are kept. */
export const registryVolume = "minirack-registry";
const patienceSeconds = 30;

/**
 * Starts a registry in a container of its own; what was pushed once is kept in a volume, for all of them. It ends with us, whatever
 * ends us: its shell waits for the end of our stdin.
 */
export async function startRegistry(say: (line: string) => void): Promise<Registry> {
  if (!(await dockerCan(["image", "inspect", image]))) await makeRegistryImage(say);
  const port = await freePort();
  const running = execa(
    "docker",
    [
      "run",
      "--rm",
      "--init",
      "--interactive",
      "--label",
      "minirack.registry=1",
      "--publish",
      `127.0.0.1:${port}:5000`,
      "--volume",
      `${registryVolume}:/var/lib/registry`,
      image,
    ],
    { stdin: "pipe", reject: false, all: true },
  );
  const ended = running.then(({ all }) => {
    throw new Error(
      `registry: expected it to run, got its end: ${all.split("\n").slice(-3).join("\n")}; look at Docker: docker info`,
    );
  });
  ended.catch(() => {});
  return {
    port,
    ready: Promise.race([untilAnswers(port), ended]),
    close: async () => {
      running.stdin.end();
      await running;
    },
  };
}

async function untilAnswers(port: number): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    if (Date.now() > deadline) {
      throw new Error(
        `registry: expected an answer at 127.0.0.1:${port} within ${patienceSeconds} s, got none; look at Docker: docker ps, docker info`,
      );
    }
    await wait(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Debian has a registry of its own, for where Docker's cannot be pulled. */
async function makeRegistryImage(say: (line: string) => void): Promise<void> {
  say("registry: made the first time");
  const pulled = await dockerCan(["pull", "--quiet", "registry:3"]);
  const recipe = pulled
    ? `FROM registry:3\nENTRYPOINT []\n${serve("registry serve /etc/minirack-registry.yml")}`
    : `FROM ${await debianImage("registry:3", say)}
ENTRYPOINT []
STOPSIGNAL SIGTERM
RUN apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends docker-registry && \
apt-get clean && rm -rf /var/lib/apt/lists/*
${serve("docker-registry serve /etc/minirack-registry.yml")}`;
  await docker(["build", "--tag", image, "-"], { input: recipe });
}

/** Its own log would be read by nobody. The configuration is one line each way, which older builders can write too. */
function serve(command: string): string {
  const lines = [
    "version: 0.1",
    "log: { level: error, accesslog: { disabled: true } }",
    "storage: { filesystem: { rootdirectory: /var/lib/registry } }",
    "http: { addr: 0.0.0.0:5000, secret: minirack }",
  ];
  return `RUN printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > /etc/minirack-registry.yml
CMD ["sh", "-c", "exec 3<&0; { cat <&3 > /dev/null; kill $$; } & exec ${command}"]
`;
}
