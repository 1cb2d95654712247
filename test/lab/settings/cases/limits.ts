import type { LabCase } from "../labCase.ts";

/** Below what a container may have, which cannot raise its own. Somebody lowers what services start with, in our file. */
export const labCase: LabCase = {
  declared: { limits: { nofile: 16384, memlock: { soft: 4096, hard: 8192 } } },
  drift: {
    script:
      "sed -i 's/^DefaultLimitNOFILE=.*/DefaultLimitNOFILE=1024:16384/' /etc/systemd/system.conf.d/90-minirack.conf",
    told: "limits.nofile.soft",
  },
};
