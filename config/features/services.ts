import { z } from "zod";
import { absolutePath } from "../names.ts";
import { feature, mapValues, running } from "./feature.ts";

const unitName = z
  .string()
  .regex(
    /^[A-Za-z0-9:_.@-]+\.(service|timer|socket|path|target)$/,
    "expected a systemd unit with its type, as redis-server.service; write its whole name",
  );

const service = z.strictObject({
  isEnabled: z.boolean().default(true).describe("whether it starts at boot"),
  isRunning: z.boolean().default(true).describe("whether it is active"),
  startedAfter: z
    .array(absolutePath)
    .default([])
    .describe("files that it must have started after their last change; its own unit files need no mention"),
});

export const services = feature({
  key: "services",
  rule: z
    .record(unitName, service)
    .superRefine(expectInstances)
    .describe("systemd units: name → isEnabled, isRunning, startedAfter"),
  settings: (value) => ({
    services: mapValues(value, ({ startedAfter, ...claims }) => ({ ...running(...startedAfter), ...claims })),
  }),
});

/** Of a template only instances can be started. */
function expectInstances(units: Record<string, z.output<typeof service>>, context: z.RefinementCtx): void {
  for (const [unit, { isRunning }] of Object.entries(units)) {
    if (!unit.includes("@.") || !isRunning) continue;
    const message = `expected a unit that can be started, as ${unit.replace("@.", "@one.")}, got the template ${unit}; write what stands after the @, or isRunning: false`;
    context.addIssue({ code: "custom", path: [unit], message });
  }
}
