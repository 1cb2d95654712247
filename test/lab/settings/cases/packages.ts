import type { LabCase } from "../labCase.ts";

/** A package is removed, its configuration left. */
export const labCase: LabCase = {
  declared: { packages: ["tmux", "jq"] },
  drift: {
    script: "dpkg --remove jq",
    told: "packages.jq",
  },
};
