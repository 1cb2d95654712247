import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { docker, dockerCan } from "./engine.ts";

/** The name under which this controller's engine keeps a base image, whatever it was made of. */
export function baseTag(baseImage: string): string {
  return `minirack-base:${createHash("sha256").update(baseImage).digest("hex").slice(0, 12)}`;
}

const labRecipe = join(import.meta.dirname, "../../../lab/image/build.sh");

/**
 * Gets a base image: here already, pulled, or where nothing can be pulled made of a Debian that is here or that debootstrap makes. It
 * keeps its name from then on, so that an image of tomorrow is made of the same.
 *
 * @throws Error where neither can be had
 */
export async function getBaseImage(baseImage: string, say: (line: string) => void): Promise<void> {
  const tag = baseTag(baseImage);
  if (await dockerCan(["image", "inspect", baseImage])) return void (await docker(["tag", baseImage, tag]));
  say(`base image ${baseImage}: docker pull`);
  const pulled = await execa("docker", ["pull", "--quiet", baseImage], { stdin: "ignore", reject: false });
  if (!pulled.failed) return void (await docker(["tag", baseImage, tag]));
  say(`base image ${baseImage} cannot be pulled: made of Debian's Python (the first time minutes)`);
  await makeOfDebian(tag, await debianImage(baseImage, pulled.stderr, say));
}

async function debianImage(baseImage: string, refusal: string, say: (line: string) => void): Promise<string> {
  for (const image of ["minirack-debian:13", "debian:13"]) {
    if (await dockerCan(["image", "inspect", image])) return image;
  }
  if (!existsSync(labRecipe)) throw noBase(baseImage, refusal);
  const made = await execa("sh", [labRecipe, "13", "notebooks"], { stdin: "ignore", reject: false });
  if (made.failed) throw noBase(baseImage, made.stderr);
  say("Debian 13 by debootstrap: done");
  return made.stdout;
}

async function makeOfDebian(tag: string, debian: string): Promise<void> {
  const recipe = `FROM ${debian}
ENTRYPOINT []
STOPSIGNAL SIGTERM
RUN apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv && \
apt-get clean && rm -rf /var/lib/apt/lists/*
`;
  await docker(["build", "--tag", tag, "-"], { input: recipe });
}

function noBase(baseImage: string, refusal: string): Error {
  const found = refusal.trim().split("\n").at(-1);
  return new Error(
    `base image ${baseImage}: expected it here or where Docker pulls from, got: ${found}; pull or load it (docker load), or name another one as notebook.baseImage in the cluster file`,
  );
}
