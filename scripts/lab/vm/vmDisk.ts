import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { contentKey, imageFolders } from "../../../lab/contentKey.ts";
import type { Say } from "../../docker/prepareDocker.ts";
import { userCache } from "../../userCache.ts";
import { root } from "../labStack.ts";

const release = "12";

/** What a virtual machine boots from, never written: each has an overlay of its own. */
export interface PreparedDisk {
  disk: string;
  kernel: string;
  initrd: string;
}

/** The prepared disk in the user's cache; its name stands for all that goes into it. */
export function preparedDisk(): PreparedDisk {
  const folder = userCache(`vms/debian-${release}-${contentKey([...imageFolders, "lab/vm"])}`);
  return {
    disk: join(folder, "disk.img"),
    kernel: join(folder, "vmlinuz"),
    initrd: join(folder, "initrd.img"),
  };
}

/** Makes the prepared disk of the lab's image, unless it exists. One that was made elsewhere meanwhile is as good. */
export async function prepareDisk(say: Say): Promise<PreparedDisk> {
  const prepared = preparedDisk();
  const folder = dirname(prepared.disk);
  if (existsSync(folder)) return prepared;
  say("virtual machine: makes its disk, once (minutes)");
  const image = await execa("sh", ["lab/image/build.sh", release, contentKey(imageFolders)], { cwd: root });
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}-`);
  try {
    await execa("sh", ["lab/vm/build.sh", image.stdout, made], { cwd: root });
    await rename(made, folder).catch((error: unknown) => {
      if (!existsSync(prepared.disk)) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  return prepared;
}
