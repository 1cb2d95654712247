import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { differing, type Entries, setting } from "./setting.ts";

/** What is told of a file that changed after the unit started: the unit runs with what it held before. */
export const changedSince = "changed since the unit started";

const serviceEntry = z
  .object({
    isEnabled: z.boolean().describe("whether it starts at boot; what cannot be enabled counts as wanted"),
    isRunning: z.boolean().describe("whether it is active"),
    isMasked: z.literal(true).optional().describe("whether nobody can start it"),
    startedAfter: z
      .record(z.string(), z.string())
      .optional()
      .describe("files that it must have started after their last change: path → what tells contents apart"),
  })
  .meta({ id: "Service" });
type Service = z.infer<typeof serviceEntry>;

/**
 * Units of systemd. One that started before a file of its own changed does not run with what the file says: that is
 * drift, and mended by a restart. A unit that is not there is absent; nothing but its state is ever put back, and that
 * only while the unit is there: its package or its file may have gone before.
 */
export const services = setting<Service>({
  key: "services",
  description: "systemd units: name → isEnabled, isRunning, startedAfter",
  entry: serviceEntry,
  // What a program finds when it starts: an address to listen at, values and limits that it reads once, authorities, Python.
  after: ["packages", "files", "linkAddress", "sysctl", "limits", "caCertificates", "pythonEnvironment"],
  linux: {
    read: (wanted) =>
      Object.entries(wanted)
        .map(([unit, one]) => run("show_unit", unit, ...Object.keys(one?.startedAfter ?? {})))
        .join("\n"),
    parse: (text, wanted) => {
      const rows = text.split("\n").map((line) => line.split("\t"));
      const entries = Object.entries(wanted).map(([unit, one]) => [
        unit,
        parseUnit(
          rows.find(([name]) => name === unit),
          one,
        ),
      ]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted, returning = []) => [
      ...differing(actual, wanted)
        .filter((unit) => actual[unit] || !returning.includes(unit))
        .flatMap((unit) => planUnit(unit, actual[unit] ?? null, wanted[unit] ?? null)),
      ...returning.flatMap((unit) => planRestart(unit, actual[unit] ?? null, wanted[unit] ?? null)),
    ],
  },
});

/** The tolerance: a unit that can be neither enabled nor disabled (static, generated, …) is as it is wanted. */
function parseUnit(row: string[] | undefined, wanted: Service | null): Service | null {
  const [unit, enablement, state, ...changed] = row ?? [];
  if (unit === undefined) return null;
  if (!enablement || !state || !/^[a-z-]+ [a-z-]+$/.test(`${enablement} ${state}`))
    throw new Error(`expected how ${unit} is enabled and its state, got ${JSON.stringify(row)}`);
  const isMasked = enablement.startsWith("masked");
  const isEnabled = ["enabled", "masked-enabled"].includes(enablement);
  const canBeEnabled = isMasked || isEnabled || ["enabled-runtime", "disabled"].includes(enablement);
  const isRunning = state === "active";
  const mustBeNewer = wanted?.startedAfter;
  const newer = (path: string, digest: string) =>
    isRunning && wanted?.isRunning && changed.includes(path) ? changedSince : digest;
  return {
    isEnabled: canBeEnabled ? isEnabled : (wanted?.isEnabled ?? false),
    isRunning,
    ...(isMasked && { isMasked }),
    ...(mustBeNewer && {
      startedAfter: Object.fromEntries(
        Object.entries(mustBeNewer).map(([path, digest]) => [path, newer(path, digest)]),
      ),
    }),
  };
}

function planUnit(unit: string, actual: Service | null, wanted: Service | null): Command[] {
  const now = actual ?? { isEnabled: false, isRunning: false };
  const goal = wanted ?? { isEnabled: false, isRunning: false };
  const unmasks = now.isMasked && !goal.isMasked;
  const enables = now.isEnabled !== goal.isEnabled;
  return [
    ...(actual === null && wanted !== null ? [run("need_unit", unit)] : []),
    ...(unmasks ? [run("systemctl", "unmask", "--quiet", unit)] : []),
    ...(enables ? [run("systemctl", goal.isEnabled ? "enable" : "disable", "--quiet", unit)] : []),
    ...planRunning(unit, now, goal),
    ...(goal.isMasked && !now.isMasked ? [run("systemctl", "mask", "--quiet", unit)] : []),
  ];
}

function planRunning(unit: string, now: Service, goal: Service): Command[] {
  if (now.isRunning && !goal.isRunning) return [run("systemctl", "stop", unit)];
  if (!now.isRunning && goal.isRunning) return [run("unit_run", "start", unit)];
  return goal.isRunning && isOutdated(now.startedAfter, goal.startedAfter)
    ? [run("unit_run", "restart", unit)]
    : [];
}

/** A unit that ran before us runs on, and with our files in its memory. */
function planRestart(unit: string, actual: Service | null, goal: Service | null): Command[] {
  const paths = Object.keys(goal?.startedAfter ?? {});
  return actual?.isRunning && goal?.isRunning && paths.length > 0
    ? [run("restart_when_gone", unit, ...paths)]
    : [];
}

function isOutdated(now: Entries<string> = {}, goal: Entries<string> = {}): boolean {
  return Object.keys(goal).some((path) => now[path] === changedSince && goal[path] !== changedSince);
}
