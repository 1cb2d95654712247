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
  rule: z.record(unitName, service).describe("systemd units: name → isEnabled, isRunning, startedAfter"),
  settings: (value) => ({
    services: mapValues(value, ({ startedAfter, ...claims }) => ({ ...running(...startedAfter), ...claims })),
  }),
});
