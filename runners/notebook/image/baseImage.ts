import { createHash } from "node:crypto";
import { execa } from "execa";
import { debianImage } from "./debianImage.ts";
import { docker, dockerCan } from "./engine.ts";

/** The name under which this controller's engine keeps a base image, whatever it was made of. */
export function baseTag(baseImage: string): string {
  return `minirack-base:${createHash("sha256").update(baseImage).digest("hex").slice(0, 12)}`;
}

/**
 * Gets a base image: here already, pulled, or where nothing can be pulled made of a Debian that is here or that debootstrap makes. It
 * keeps its name from then on, so that an image of tomorrow is made of the same.
 *
 * @throws Error where neither can be had, or it is for another processor than this engine's
 */
export async function getBaseImage(baseImage: string, say: (line: string) => void): Promise<void> {
  const tag = baseTag(baseImage);
  if (await dockerCan(["image", "inspect", baseImage])) return await keep(baseImage, tag);
  say(`base image ${baseImage}: docker pull`);
  const pulled = await execa("docker", ["pull", "--quiet", baseImage], { stdin: "ignore", reject: false });
  if (!pulled.failed) return await keep(baseImage, tag);
  say(`base image ${baseImage} cannot be pulled: made of Debian's Python (the first time minutes)`);
  await makeOfDebian(tag, await debianImage(baseImage, say, pulled.stderr));
}

async function keep(baseImage: string, tag: string): Promise<void> {
  const [found, wanted] = await Promise.all([
    docker(["image", "inspect", "--format", "{{.Os}}/{{.Architecture}}", baseImage]),
    docker(["version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"]),
  ]);
  if (found !== wanted)
    throw new Error(
      `base image ${baseImage}: expected one for ${wanted}, got one for ${found}; pull the other: docker pull --platform ${wanted} ${baseImage}`,
    );
  await docker(["tag", baseImage, tag]);
}

/** One layer, whatever Debian's image is made of: engines without an overlay file system copy a whole image for each. */
async function makeOfDebian(tag: string, debian: string): Promise<void> {
  const install = "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv";
  const script = `set -eu; apt-get update -q; ${install}; apt-get clean; rm -rf /var/lib/apt/lists/*`;
  const container = await docker(["create", "--entrypoint", "sh", debian, "-c", script]);
  try {
    await docker(["start", "--attach", container]);
    const exporting = execa("docker", ["export", container], { stdin: "ignore", buffer: false });
    const path = "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    await exporting.pipe("docker", ["import", "--change", path, "-", tag]);
  } finally {
    await docker(["rm", "--force", container]);
  }
}
