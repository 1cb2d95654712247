import { execa } from "execa";

/**
 * Ends the use of a lab node's swap files, which are in the folder that is its disk. They are known by what they hold:
 * the kernel shows every node the files of all, and after a restart by paths of a node that is no more.
 */
export async function swapOff(container: string): Promise<void> {
  const script =
    'for file in /disk/*; do [ "$(blkid -p -s TYPE -o value "$file")" != swap ] || swapoff "$file"; done';
  await execa("docker", ["exec", "-i", container, "sh"], { input: script, reject: false });
}
