import { debianImage } from "./debianImage.ts";
import { docker, dockerCan } from "./engine.ts";

export const registryImage = "minirack-registry:3";
/** Where its layers are kept. */
export const registryVolume = "minirack-registry";

/** Debian has a registry of its own, for where Docker's cannot be pulled. */
export async function makeRegistryImage(say: (line: string) => void): Promise<void> {
  say("registry: made the first time");
  if ((await dockerCan(["pull", "--quiet", "registry:3"])) && (await ofDockers())) return;
  const install =
    "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends docker-registry apache2-utils";
  const recipe = `FROM ${await debianImage("registry:3", say)}
ENTRYPOINT []
STOPSIGNAL SIGTERM
RUN ${install} && apt-get clean && rm -rf /var/lib/apt/lists/*
${serve("docker-registry serve /etc/minirack-registry.yml")}`;
  await docker(["build", "--tag", registryImage, "-"], { input: recipe });
}

function ofDockers(): Promise<boolean> {
  const recipe = `FROM registry:3
ENTRYPOINT []
RUN apk add --no-cache apache2-utils
${serve("registry serve /etc/minirack-registry.yml")}`;
  return docker(["build", "--tag", registryImage, "-"], { input: recipe }).then(
    () => true,
    () => false,
  );
}

/**
 * Its password is the first line of its stdin. Its own log would be read by nobody. The configuration is one line each way, which older
 * builders can write too.
 */
function serve(command: string): string {
  const lines = [
    "version: 0.1",
    "log: { level: error, accesslog: { disabled: true } }",
    "storage: { filesystem: { rootdirectory: /var/lib/registry } }",
    "auth: { htpasswd: { realm: minirack, path: /run/minirack-passwords } }",
    "http: { addr: 0.0.0.0:5000, secret: minirack }",
  ];
  const password =
    "umask 077; read -r password; echo $password | htpasswd -niB minirack > /run/minirack-passwords";
  return `RUN printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > /etc/minirack-registry.yml
CMD ["sh", "-c", "${password}; exec 3<&0; { cat <&3 > /dev/null; kill $$; } & exec ${command}"]
`;
}
