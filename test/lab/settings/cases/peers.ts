import type { LabCase } from "../labCase.ts";

/** A peer's host key is forgotten. */
export const labCase: LabCase = {
  drift: {
    script: 'sed -i "/^$peer,/d" /home/rack/.ssh/minirack_known_hosts',
    told: "peers.$peer",
  },
};
