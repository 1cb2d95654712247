import { z } from "zod";
import { sourceFile } from "../../provider/shell/sourceFile.ts";
import { absolutePath, name } from "../names.ts";
import { feature, installed, rootFile, running } from "./feature.ts";

const rotation = z.strictObject({
  path: absolutePath
    .regex(/^[^"\n]+$/, "expected a path without quotes; move the log to such a path")
    .describe("the log; * stands for any part of a name"),
  owner: z
    .string()
    .regex(/^[^\s:/,"-][^\s:/,"]*:[^\s:/,"-][^\s:/,"]*$/, "expected user:group; write whose log it is")
    .optional()
    .describe("user:group whose folder it lies in; root rotates only what lies where nobody else may write"),
  keep: z.number().int().min(1).default(7).describe("how many old logs stay"),
  every: z.enum(["daily", "weekly"]).default("daily").describe("how often"),
  maxSizeMb: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("size in MiB at which it is not waited that long"),
  compress: z.boolean().default(true).describe("whether old logs are compressed"),
});

const expectRootsFolder = "/opt/minirack/logRotation/expectRootsFolder";
const expectRootsFolderText = [
  "#!/bin/sh\n",
  sourceFile("provider/shell/prelude/hands.sh"),
  sourceFile("provider/logRotation/expectRootsFolder.sh"),
].join("");

/** Old logs go, by logrotate. Programs keep their log open: it is copied and emptied. */
export const logRotation = feature({
  key: "logRotation",
  rule: z.record(name, rotation).describe("logs of programs: name → path, keep, every, maxSizeMb, compress"),
  settings: (value) => ({
    packages: installed("logrotate"),
    files: {
      ...Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          `/etc/logrotate.d/minirack-${key}`,
          rootFile(rotationText(one)),
        ]),
      ),
      [expectRootsFolder]: { ...rootFile(expectRootsFolderText), mode: "0755" },
    },
    services: { "logrotate.timer": running() },
  }),
});

function rotationText({ path, owner, keep, every, maxSizeMb, compress }: z.output<typeof rotation>): string {
  const lines = [
    every,
    `rotate ${keep}`,
    ...(maxSizeMb === undefined ? [] : [`maxsize ${maxSizeMb}M`]),
    ...(compress ? ["compress", "delaycompress"] : ["nocompress"]),
    "copytruncate",
    "missingok",
    "notifempty",
    ...(owner === undefined
      ? ["prerotate", `    ${expectRootsFolder} "$1"`, "endscript"]
      : [`su ${owner.replace(":", " ")}`]),
  ];
  return `# minirack\n"${path}" {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;
}
