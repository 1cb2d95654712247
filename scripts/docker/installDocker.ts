import { existsSync } from "node:fs";
import { installPackages, mayInstall, missingPackages } from "../aptPackages.ts";
import type { Say } from "./prepareDocker.ts";

/** The client, the engine, its firewall tool, and what makes images where none can be pulled. */
const packages = ["docker.io", "iptables", "debootstrap", "debian-archive-keyring"];

/**
 * Installs the Docker engine from the distribution's own packages, when something of it is missing.
 * @throws Error saying what to install where this is no Debian or Ubuntu, or the user is not root
 */
export async function installDocker(say: Say): Promise<void> {
  if (process.env.DOCKER_HOST) {
    throw new Error(
      `Docker: expected an engine at DOCKER_HOST=${process.env.DOCKER_HOST}, none answers there. Start it or unset DOCKER_HOST.`,
    );
  }
  const hasEngine = existsSync("/usr/bin/dockerd"); // one from elsewhere (docker-ce) counts as docker.io
  const wanted = packages.filter((name) => name !== "docker.io" || !hasEngine);
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return;
  if (!mayInstall()) throw new Error(cannotInstall());
  say(`Docker: installing ${missing.join(", ")} with apt-get`);
  await installPackages(missing);
}

function cannotInstall(): string {
  return process.platform === "linux"
    ? "Docker: expected a running engine, none answers, and only root on Debian or Ubuntu can have one installed here. Install and start Docker (Debian: sudo apt-get install docker.io), add yourself to the group docker, and run this again."
    : "Docker: expected a running engine, none answers. Install and start Docker Desktop, OrbStack or Colima, and run this again.";
}
