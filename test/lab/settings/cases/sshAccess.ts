import { cycleLab } from "../cycleLab.ts";
import type { LabCase } from "../labCase.ts";

/** The cluster's key, `minirack-` and the stack's name, is taken away; the lab's own and the connection that is open stay, and so does a link there. */
export const labCase: LabCase = {
  drift: {
    script: `sed -i --follow-symlinks '/ minirack-${cycleLab[0]}$/d' /home/rack/.ssh/authorized_keys`,
    told: "sshAccess.clusterKey",
  },
};
