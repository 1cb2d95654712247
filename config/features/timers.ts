import { z } from "zod";
import { name, userName } from "../names.ts";
import { calendarTime } from "./calendarTime.ts";
import { feature, mergeSettings, rootFile, running, type SettingValues } from "./feature.ts";

const timer = z.strictObject({
  command: z
    .string()
    .regex(/^[^\0]*\S[^\0]*$/, "expected a command; write a line of sh")
    .describe("a line of sh, or several"),
  schedule: calendarTime.describe("when: daily, Mon..Fri 03:00, *:0/15, as man systemd.time has it"),
  user: userName.default("root").describe("who runs it"),
  isPersistent: z
    .boolean()
    .default(false)
    .describe("whether a time that was missed, as the node was off, is made up for at the next boot"),
  timeoutSeconds: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("seconds after which it is ended; never when left out"),
});
type Timer = z.output<typeof timer>;

/** Commands at set times: a unit and a timer of systemd each. */
export const timers = feature({
  key: "timers",
  rule: z
    .record(name, timer)
    .describe("commands at set times: name → command, schedule, user, isPersistent, timeoutSeconds"),
  settings: (value) =>
    Object.entries(value)
      .map(([key, one]) => unitsOfTimer(key, one))
      .reduce(mergeSettings, {}),
});

/** The units of one timer: those of the cluster file, and of what else wants one. */
export function unitsOfTimer(key: string, one: Timer): SettingValues {
  return { files: filesOf(key, one), services: { [`minirack-${key}.timer`]: running() } };
}

function filesOf(key: string, { command, schedule, user, isPersistent, timeoutSeconds }: Timer) {
  const head = `# minirack\n[Unit]\nDescription=minirack timer ${key}\n`;
  const timeout = timeoutSeconds === undefined ? "" : `TimeoutStartSec=${timeoutSeconds}\n`;
  const service = `[Service]\nType=oneshot\nUser=${user}\n${timeout}ExecStart=/bin/sh -c ${quoted(command)}\n`;
  const persistence = isPersistent ? "Persistent=true\n" : "";
  const when = `[Timer]\nOnCalendar=${schedule}\n${persistence}\n[Install]\nWantedBy=timers.target\n`;
  return {
    [`/etc/systemd/system/minirack-${key}.service`]: rootFile(`${head}\n${service}`),
    [`/etc/systemd/system/minirack-${key}.timer`]: rootFile(`${head}\n${when}`),
  };
}

/** systemd reads "…" with backslashes, `%` as its own and `$` as a variable's; a line's end would end the setting. */
function quoted(command: string): string {
  const escaped = command
    .trim()
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("%", "%%")
    .replaceAll("$", "$$$$");
  return `"${escaped}"`;
}
