import { execa } from "execa";
import { installPackages, mayInstall, missingPackages } from "../../aptPackages.ts";
import type { Say } from "../../docker/prepareDocker.ts";

/** The emulator of this computer's architecture, and what makes its disks. */
const packages = ["qemu-system-x86", "qemu-utils"];

/**
 * Installs qemu from the distribution's own packages, when it is missing.
 * @throws Error saying what to install where this is no Debian or Ubuntu, or the user is not root
 */
export async function installQemu(say: Say): Promise<void> {
  const tried = ["qemu-system-x86_64", "qemu-img"].map((name) =>
    execa(name, ["--version"], { reject: false }),
  );
  if ((await Promise.all(tried)).every(({ failed }) => !failed)) return;
  if (!mayInstall()) {
    throw new Error(
      "qemu: expected qemu-system-x86_64 and qemu-img, found none, and only root on Debian or Ubuntu can have them installed here. Install them (Debian: sudo apt-get install qemu-system-x86 qemu-utils), and run this again.",
    );
  }
  const missing = await missingPackages(packages);
  say(`qemu: installing ${missing.join(", ")} with apt-get`);
  await installPackages(missing);
}
