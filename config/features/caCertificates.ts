import { z } from "zod";
import { name } from "../names.ts";
import { feature, installed, mapValues } from "./feature.ts";

export const caCertificates = feature({
  key: "caCertificates",
  rule: z
    .record(name, z.strictObject({ file: z.string().describe("file with one certificate") }))
    .describe("extra certificate authorities: name → file"),
  settings: (value, { text }) => ({
    packages: installed("ca-certificates"),
    caCertificates: mapValues(value, ({ file }, key) => text(file, [key, "file"])),
  }),
});
