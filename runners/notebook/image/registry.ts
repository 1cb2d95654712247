import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { basicAuthorization, type Login } from "./dockerLogin.ts";
import { docker, dockerCan } from "./engine.ts";
import { makeRegistryImage, registryImage, registryVolume } from "./registryImage.ts";

/** A registry of images on this controller's loopback, closed to who has not its password. */
export interface Registry {
  url: string;
  authorization: string;
  login: Login;
  /** Nothing listens afterwards. */
  close(): Promise<void>;
}

const patienceSeconds = 30;

/**
 * Starts a registry in a container of its own; what was pushed once is kept in a volume, for all of them. Its port is one that Docker
 * finds free, its password new each time. It ends with us, whatever ends us: its shell waits for the end of our stdin.
 */
export async function startRegistry(say: (line: string) => void): Promise<Registry> {
  if (!(await dockerCan(["image", "inspect", registryImage]))) await makeRegistryImage(say);
  const password = randomBytes(24).toString("base64url");
  const name = `minirack-registry-${randomBytes(6).toString("hex")}`;
  const options = ["--rm", "--init", "--interactive", "--name", name, "--label", "minirack.registry=1"];
  const places = ["--publish", "127.0.0.1::5000", "--volume", `${registryVolume}:/var/lib/registry`];
  const running = execa("docker", ["run", ...options, ...places, registryImage], {
    ...{ stdin: "pipe", reject: false, all: true },
  });
  running.stdin.write(`${password}\n`);
  const close = async () => {
    running.stdin.end();
    await dockerCan(["rm", "--force", name]);
    await running;
  };
  const ended = running.then(({ all }) => {
    throw new Error(
      `registry: expected it to run, got its end: ${all.split("\n").slice(-3).join("\n")}; look at Docker: docker info`,
    );
  });
  ended.catch(() => {});
  const authorization = basicAuthorization(password);
  try {
    const address = await Promise.race([untilAnswers(name, authorization), ended]);
    return { url: `http://${address}`, authorization, login: { address, password }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves with its address, as soon as it lets us in. */
async function untilAnswers(container: string, authorization: string): Promise<string> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const address = (await docker(["port", container, "5000/tcp"]).catch(() => "")).split("\n")[0] ?? "";
    const answers =
      address !== "" &&
      (await fetch(`http://${address}/v2/`, {
        headers: { authorization },
        signal: AbortSignal.timeout(5000),
      }).then(
        ({ ok }) => ok,
        () => false,
      ));
    if (answers) return address;
    if (Date.now() > deadline) {
      throw new Error(
        `registry: expected an answer at ${address || "its port"} within ${patienceSeconds} s, got none; look at Docker: docker ps, docker info`,
      );
    }
    await wait(20);
  }
}
