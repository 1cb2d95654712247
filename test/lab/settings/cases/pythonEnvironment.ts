import type { LabCase } from "../labCase.ts";

/** A package is taken out of an environment; another has the project of `syncedFolders`, which must be tested with it. */
export const labCase: LabCase = {
  declared: {
    pythonEnvironment: {
      small: { requirements: ["six==1.17.0"] },
      strategy: { project: "strategy", extras: ["mac"], isEditable: true },
    },
  },
  drift: {
    script: "rm -r /opt/minirack/environments/small/lib/python3*/site-packages/six-*",
    told: "pythonEnvironment.small.requirements.six",
  },
};
