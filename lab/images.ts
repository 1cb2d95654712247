import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { local } from "@pulumi/command";
import type { Output } from "@pulumi/pulumi";
import type { LabNode } from "./labFile.ts";

const recipe = "lab/image";
/** Certificate authorities that the Docker host's owner added; nodes trust them too. */
const certificates = "/usr/local/share/ca-certificates";

type Releases = Record<LabNode["debian"], Output<string>>;

/** The ids of the images for Debian 12 and 13, made where they are missing. They are caches: `destroy` leaves them. */
export function baseImages(): Releases {
  const key = contentKey();
  return { 12: baseImage(12, key), 13: baseImage(13, key) };
}

function baseImage(release: LabNode["debian"], key: string): Output<string> {
  return new local.Command(`debian${release}-image`, {
    create: `sh ${recipe}/build.sh ${release} ${key}`,
    dir: resolve("."),
  }).stdout;
}

/** Stands for all that goes into an image, so that a change of any makes another. */
function contentKey(): string {
  const hash = createHash("sha256");
  for (const folder of [recipe, certificates]) {
    const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    for (const name of names.sort())
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}
