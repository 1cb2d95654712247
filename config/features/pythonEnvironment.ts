import { z } from "zod";
import { name } from "../names.ts";
import { parseRequirements } from "../requirements.ts";
import { feature, installed, mapValues } from "./feature.ts";

const environment = z.strictObject({
  python: z.string().default("3").describe("wanted version of Python, as exact as it is given"),
  requirements: z.array(z.string()).optional().describe("lines as in requirements.txt"),
  requirementsFile: z.string().optional().describe("a requirements.txt, or a lock exported as one"),
});

export const pythonEnvironment = feature({
  key: "pythonEnvironment",
  rule: z.record(name, environment).describe("Python environments: name → python, requirements"),
  settings: (value, { text }) => ({
    packages: installed("python3-venv", "ca-certificates"), // uv comes by venv's pip, over TLS
    pythonEnvironment: mapValues(value, (one) => ({
      python: one.python,
      requirements: {
        ...parseRequirements((one.requirements ?? []).join("\n"), "requirements"),
        ...(one.requirementsFile ? parseRequirements(text(one.requirementsFile), one.requirementsFile) : {}),
      },
    })),
  }),
});
