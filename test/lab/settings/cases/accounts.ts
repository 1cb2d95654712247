import type { LabCase } from "../labCase.ts";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFk ada@laptop";

/** Somebody changes a shell. Docker is there with all that it leaves behind at a purge; a folder belongs to our group. */
export const labCase: LabCase = {
  declared: {
    docker: { daemon: { "log-driver": "local" } },
    groups: { quant: { gid: 4200 } },
    users: {
      ada: { groups: ["quant"], comment: "Ada L.", authorizedKeys: [key] },
      feed: { isSystem: true },
      rack: { groups: ["quant"], authorizedKeys: [key] },
    },
  },
  drift: {
    script: "usermod --comment Bob ada",
    told: 'accounts["comment ada"]',
  },
};
