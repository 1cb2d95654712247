import type { LabCase } from "../labCase.ts";

/** The cluster's key is taken away; the connection that is open stays. */
export const labCase: LabCase = {
  drift: {
    script: "sed -i '/ minirack-lab/d' /home/rack/.ssh/authorized_keys",
    told: "sshAccess.clusterKey",
  },
};
