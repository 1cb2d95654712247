import type { LabCase } from "../labCase.ts";

/** A package is taken out of an environment. */
export const labCase: LabCase = {
  declared: { pythonEnvironment: { small: { requirements: ["six==1.17.0"] } } },
  drift: {
    script: "rm -r /opt/minirack/environments/small/lib/python3*/site-packages/six-*",
    told: "pythonEnvironment.small.requirements.six",
  },
};
