import { resolve } from "node:path";
import { local } from "@pulumi/command";
import type { Output } from "@pulumi/pulumi";
import { contentKey, imageFolders } from "./contentKey.ts";
import type { LabNode } from "./labFile.ts";

type Releases = Record<LabNode["debian"], Output<string>>;

/** The ids of the images for Debian 12 and 13, made where they are missing. They are caches: `destroy` leaves them. */
export function baseImages(): Releases {
  const key = contentKey(imageFolders);
  return { 12: baseImage(12, key), 13: baseImage(13, key) };
}

function baseImage(release: LabNode["debian"], key: string): Output<string> {
  return new local.Command(`debian${release}-image`, {
    create: `sh lab/image/build.sh ${release} ${key}`,
    dir: resolve("."),
  }).stdout;
}
