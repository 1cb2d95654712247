import { z } from "zod";
import { quote, run } from "../shell/command.ts";
import { setting } from "./setting.ts";

/**
 * Debian packages. What installing them brings along is noted on the node before the change (`packages.added`), so
 * that exactly that can be purged again: never autoremove, which also takes what others left behind.
 */
export const packages = setting({
  key: "packages",
  description: "Debian packages that are installed: name → installed",
  entry: z.literal("installed").meta({ id: "PackageState" }),
  lock: "apt",
  linux: {
    read: (wanted) => run("show_packages", ...Object.keys(wanted).sort()),
    parse: (text, wanted) => {
      const installed = new Set(
        text
          .split("\n")
          .filter((line) => line.endsWith(" installed"))
          .map((line) => line.split(" ")[0]),
      );
      const entries = Object.keys(wanted).map((name) => [name, installed.has(name) ? "installed" : null]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted, returning = []) => {
      const missing = Object.keys(wanted).filter((name) => wanted[name] !== null && actual[name] === null);
      // one that somebody purged meanwhile has left what it brought along
      const isOver = (name: string) => actual[name] !== null || returning.includes(name);
      const surplus = Object.keys(wanted).filter((name) => wanted[name] === null && isOver(name));
      const kept = Object.keys(wanted).filter((name) => wanted[name] !== null);
      return [
        ...(missing.length > 0 ? [`apt_install ${names(missing)}`] : []),
        ...(surplus.length > 0 ? [`apt_purge ${names(surplus)} -- ${names(kept)}`.trimEnd()] : []),
      ];
    },
  },
});

function names(packageNames: string[]): string {
  return [...packageNames].sort().map(quote).join(" ");
}
