import { cycleLab } from "../cycleLab.ts";
import type { LabCase } from "../labCase.ts";

/** In the folder that is the node's disk: Docker's own file system holds no swap. The kernel shows it to every lab. */
const path = `/disk/${cycleLab[0]}.swap`;

/** Somebody makes the file anew, smaller. */
export const labCase: LabCase = {
  declared: { swapGb: { [path]: 1 } },
  onlyOn: "mini1",
  drift: {
    script: `swapoff ${path}; rm ${path}; fallocate -l 64M ${path}; chmod 600 ${path}; mkswap ${path}; swapon ${path}`,
    told: `swapGb["${path}"]`,
  },
};
