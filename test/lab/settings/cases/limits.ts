import type { LabCase } from "../labCase.ts";

/** Somebody lowers what services start with, in our file. */
export const labCase: LabCase = {
  declared: { limits: { nofile: 65536, memlock: { soft: 8192, hard: 65536 } } },
  drift: {
    script:
      "sed -i 's/^DefaultLimitNOFILE=.*/DefaultLimitNOFILE=1024:65536/' /etc/systemd/system.conf.d/90-minirack.conf",
    told: "limits.nofile.soft",
  },
};
