import type { LabCase } from "../labCase.ts";

/** The cluster's key, `minirack-` and the stack's name, is taken away; the lab's own and the connection that is open stay. */
export const labCase: LabCase = {
  drift: {
    script: "sed -i '/ minirack-lab./d' /home/rack/.ssh/authorized_keys",
    told: "sshAccess.clusterKey",
  },
};
