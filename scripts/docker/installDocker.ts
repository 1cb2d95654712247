import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { execa } from "execa";
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
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (!mayInstall()) throw new Error(cannotInstall());
  say(`Docker: installing ${missing.join(", ")} with apt-get`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!(await hasPackageLists())) await execa("apt-get", ["update", "-q"], { env });
  await execa("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...missing], { env });
}

/** apt's packages that are not there; an engine from elsewhere (docker-ce) counts as docker.io. */
async function missingPackages(): Promise<string[]> {
  if (!existsSync("/usr/bin/dpkg-query")) return packages;
  const listed = await execa("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n"], {
    reject: false,
  });
  const installed = new Set(listed.stdout.split("\n").filter((line) => line.endsWith(" installed")));
  const hasEngine = existsSync("/usr/bin/dockerd");
  return packages.filter(
    (name) => !installed.has(`${name} installed`) && !(name === "docker.io" && hasEngine),
  );
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function cannotInstall(): string {
  return process.platform === "linux"
    ? "Docker: expected a running engine, none answers, and only root on Debian or Ubuntu can have one installed here. Install and start Docker (Debian: sudo apt-get install docker.io), add yourself to the group docker, and run this again."
    : "Docker: expected a running engine, none answers. Install and start Docker Desktop, OrbStack or Colima, and run this again.";
}

async function hasPackageLists(): Promise<boolean> {
  const lists = await readdir("/var/lib/apt/lists").catch(() => []);
  return lists.some((name) => name.endsWith("_Packages") || name.endsWith("_Packages.lz4"));
}
