import { createHash } from "node:crypto";
import type { SettingValues } from "./features/feature.ts";
import { SecretText, type Wanted } from "./secretText.ts";

/** For a file that we do not write: whatever it holds. */
const anyContent = "any content";

/**
 * Tells every service which content of ours it must have started after, so that a file and the restart for it are in
 * one `up`. A unit's own file and its drop-ins are such files without being named.
 */
export function tellContents({ services, files = {}, ...others }: SettingValues): SettingValues {
  const kept = { ...others, ...(Object.keys(files).length > 0 && { files }) };
  if (services === undefined) return kept;
  const told = Object.entries(services).map(([unit, one]) => [unit, tellOne(unit, one, files)]);
  return { ...kept, services: Object.fromEntries(told) };
}

function tellOne(unit: string, wanted: Wanted, files: Record<string, Wanted>): Wanted {
  if (!isMap(wanted) || wanted.isRunning !== true) return wanted;
  const named = isMap(wanted.startedAfter) ? Object.keys(wanted.startedAfter) : [];
  const own = Object.keys(files).filter((path) => isOfUnit(path, unit));
  const paths = [...new Set([...named, ...own])].sort();
  const startedAfter = Object.fromEntries(paths.map((path) => [path, digest(files[path])]));
  return { ...wanted, ...(paths.length > 0 && { startedAfter }) };
}

function isOfUnit(path: string, unit: string): boolean {
  const names = [unit, unit.replace(/@[^.]+\./, "@.")];
  return names.some((name) => {
    const at = `/etc/systemd/system/${name}`;
    return path === at || (path.startsWith(`${at}.d/`) && !path.endsWith("/"));
  });
}

/** Eight digits tell contents apart, and a secret in them to nobody; where there is one they are secret themselves. */
function digest(file: Wanted | undefined): Wanted {
  if (!isMap(file)) return anyContent;
  const { content = "" } = file;
  if (content instanceof SecretText)
    return new SecretText(content.references, (secrets) => shortHash(content.render(secrets)));
  return shortHash(JSON.stringify(content));
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

function isMap(value: Wanted | undefined): value is { [key: string]: Wanted } {
  return (
    value !== undefined &&
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    !(value instanceof SecretText)
  );
}
