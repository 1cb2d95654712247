import { execa } from "execa";
import { debianImage, noImage } from "./debianImage.ts";
import { docker, dockerCan } from "./engine.ts";

/** What images are made of, as the engine that builds them has it. */
export interface BaseImage {
  /** What a Dockerfile calls it. */
  name: string;
  /** As metadata has it: the name with the digest by which a registry knows it, or with the engine's own id. */
  described: string;
  /** The image that was asked for, where no registry answered and this one takes its place. */
  insteadOf?: string;
}

/** The name of an image that is made here of Debian's own Python. */
export const debianPython = "debian-python";
const debianPythonTag = `minirack-base:${debianPython}`;

/** An engine's words about an image, and how it is asked for them. */
export const inspectFormat = "{{.Id}} {{.Os}}/{{.Architecture}}{{range .RepoDigests}} {{.}}{{end}}";

/**
 * Gets a base image: here already, or pulled. Where no registry answers at all, Docker's own Python is replaced by Debian's, which is made
 * of a Debian that is here or that debootstrap makes.
 *
 * @throws Error where it cannot be had, or is for another processor than this engine's
 */
export async function getBaseImage(baseImage: string, say: (line: string) => void): Promise<BaseImage> {
  if (baseImage === debianPython) return await ofDebian(baseImage, say, "none asked for");
  const here = await inspected(baseImage);
  if (here !== undefined) return await kept(baseImage, here);
  const isPython = /^(docker\.io\/)?(library\/)?python(:|$)/.test(baseImage);
  if (isPython && (await inspected(debianPythonTag)) !== undefined)
    return { ...(await ofDebian(baseImage, say, "")), insteadOf: baseImage };
  say(`base image ${baseImage}: docker pull`);
  const pulled = await execa("docker", ["pull", "--quiet", baseImage], { stdin: "ignore", reject: false });
  if (pulled.failed && !(isPython && isSilence(pulled.stderr))) throw noImage(baseImage, pulled.stderr);
  const found = await inspected(baseImage);
  if (found !== undefined) return await kept(baseImage, found);
  say(
    `base image ${baseImage}: no registry answers; Debian's Python takes its place (the first time minutes)`,
  );
  return { ...(await ofDebian(baseImage, say, pulled.stderr)), insteadOf: baseImage };
}

/** How an image is named in metadata, by what `inspectFormat` prints. */
export function describedImage(name: string, inspect: string): string {
  const [id, , ...digests] = inspect.split(" ");
  const [repository] = name.split("@");
  const bare = repository?.replace(/:[^/:]*$/, "");
  const digest = digests.find((one) => one.startsWith(`${bare}@`)) ?? digests[0];
  return digest === undefined
    ? `${name}, image ${id}`
    : `${repository}@${digest.slice(digest.indexOf("@") + 1)}`;
}

/** Whether a refusal is that of nobody: no name, no way, no answer. A registry that answers knows what it lacks. */
export function isSilence(refusal: string): boolean {
  return /dial tcp|no such host|i\/o timeout|connection refused|unreachable|proxyconnect|Client\.Timeout|TLS handshake timeout/.test(
    refusal,
  );
}

async function inspected(image: string): Promise<string | undefined> {
  const args = ["image", "inspect", "--format", inspectFormat, image];
  const { failed, stdout } = await execa("docker", args, { stdin: "ignore", reject: false });
  return failed ? undefined : stdout.trim();
}

/** Under a name of ours it stays what it was, whatever its own comes to mean. */
async function kept(baseImage: string, inspect: string): Promise<BaseImage> {
  const [id = "", found] = inspect.split(" ");
  const wanted = await docker(["version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"]);
  if (found !== wanted)
    throw new Error(
      `base image ${baseImage}: expected one for ${wanted}, got one for ${found}; pull the other: docker pull --platform ${wanted} ${baseImage}`,
    );
  const name = `minirack-base:${id.replace("sha256:", "").slice(0, 12)}`;
  await docker(["tag", baseImage, name]);
  return { name, described: describedImage(baseImage, inspect) };
}

async function ofDebian(instead: string, say: (line: string) => void, refusal: string): Promise<BaseImage> {
  const isThere = await dockerCan(["image", "inspect", debianPythonTag]);
  if (!isThere) await makeOfDebian(await debianImage(instead, say, refusal));
  return { name: debianPythonTag, described: `Debian's Python, image ${await idOf(debianPythonTag)}` };
}

function idOf(image: string): Promise<string> {
  return docker(["image", "inspect", "--format", "{{.Id}}", image]);
}

/** One layer, whatever Debian's image is made of: engines without an overlay file system copy a whole image for each. */
async function makeOfDebian(debian: string): Promise<void> {
  const install = "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv";
  const script = `set -eu; apt-get update -q; ${install}; apt-get clean; rm -rf /var/lib/apt/lists/*`;
  const container = await docker(["create", "--entrypoint", "sh", debian, "-c", script]);
  try {
    await docker(["start", "--attach", container]);
    const exporting = execa("docker", ["export", container], { stdin: "ignore", buffer: false });
    const path = "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    await exporting.pipe("docker", ["import", "--change", path, "-", debianPythonTag]);
  } finally {
    await docker(["rm", "--force", container]);
  }
}
