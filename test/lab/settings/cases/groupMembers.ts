import type { LabCase } from "../labCase.ts";

/** The user is taken out of the group; Docker is there with all that it leaves behind at a purge. */
export const labCase: LabCase = {
  declared: { docker: { daemon: { "log-driver": "local" } } },
  drift: {
    script: "gpasswd -d rack docker; rm -f /etc/group- /etc/gshadow-",
    told: 'groupMembers["docker/rack"]',
  },
};
