import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { dockerCan } from "./engine.ts";

const labRecipe = join(import.meta.dirname, "../../../lab/image/build.sh");

/**
 * A Debian of this controller's engine, to make an image of that cannot be pulled: the lab's, Docker's, or one that debootstrap makes.
 *
 * @param instead the image that cannot be pulled
 * @param refusal what Docker said to that
 * @throws Error where there is none
 */
export async function debianImage(
  instead: string,
  say: (line: string) => void,
  refusal = "no answer",
): Promise<string> {
  for (const image of ["minirack-debian:13", "debian:13"]) {
    if (await dockerCan(["image", "inspect", image])) return image;
  }
  if (!existsSync(labRecipe)) throw noImage(instead, refusal);
  say("Debian 13 is made by debootstrap: minutes");
  const made = await execa("sh", [labRecipe, "13", "notebooks"], { stdin: "ignore", reject: false });
  if (made.failed) throw noImage(instead, made.stderr);
  return made.stdout;
}

/** That an image can be had from nowhere. */
export function noImage(image: string, refusal: string): Error {
  const found = refusal.trim().split("\n").at(-1);
  return new Error(
    `image ${image}: expected it here or where Docker pulls from, got: ${found}; pull or load it (docker load); for a base image, name another one as notebook.baseImage in the cluster file`,
  );
}
