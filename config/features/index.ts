import type { z } from "zod";
import { caCertificates } from "./caCertificates.ts";
import { dataSets } from "./dataSets.ts";
import { docker } from "./docker.ts";
import type { FeatureContext, SettingValues, Wrong } from "./feature.ts";
import { files } from "./files.ts";
import { folders } from "./folders.ts";
import { groups } from "./groups.ts";
import { hostname } from "./hostname.ts";
import { hosts } from "./hosts.ts";
import { limits } from "./limits.ts";
import { linkNames } from "./linkNames.ts";
import { logRotation } from "./logRotation.ts";
import { mergeOnce } from "./mergeOnce.ts";
import { monitoring } from "./monitoring.ts";
import { packages } from "./packages.ts";
import { projects } from "./projects.ts";
import { pythonEnvironment } from "./pythonEnvironment.ts";
import { redis } from "./redis.ts";
import { services } from "./services.ts";
import { swapGb } from "./swapGb.ts";
import { sysctl } from "./sysctl.ts";
import { timers } from "./timers.ts";
import { timeSync } from "./timeSync.ts";
import { unattendedUpgrades } from "./unattendedUpgrades.ts";
import { users } from "./users.ts";

/** Every key of the cluster file that wants something of a node. To add one: its file, and a line here. */
export const features = [
  packages,
  groups,
  users,
  files,
  folders,
  services,
  caCertificates,
  dataSets,
  projects,
  pythonEnvironment,
  sysctl,
  limits,
  hostname,
  linkNames,
  hosts,
  swapGb,
  redis,
  docker,
  timers,
  timeSync,
  logRotation,
  monitoring,
  unattendedUpgrades,
] as const;

type Features = (typeof features)[number];
type Shape = { [One in Features as One["key"]]: z.ZodOptional<One["rule"]> };

/** The features as the file gives them, for one node or for all. */
export const featureShape = Object.fromEntries(
  features.map(({ key, rule }) => [key, rule.optional()]),
) as Shape; // Object.fromEntries forgets which value belongs to which key
export type FileFeatures = { [One in Features as One["key"]]?: z.output<One["rule"]> | undefined };

/**
 * What features want of the settings, on one level of the file.
 * @param wrong tells what is wrong with a value, by its path on that level
 * @param without keys that are left out
 */
export function featureSettings(
  values: FileFeatures,
  context: (wrong: Wrong) => FeatureContext,
  wrong: Wrong,
  without: readonly string[] = [],
): SettingValues {
  const all = features
    .filter(({ key }) => values[key] !== undefined && !without.includes(key))
    .map((one) => {
      const below = context((at, text) => wrong([one.key, ...at], text));
      return { key: one.key, wants: one.settings(values[one.key], below) };
    });
  return mergeOnce(all, wrong);
}
