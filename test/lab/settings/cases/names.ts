import type { LabCase } from "../labCase.ts";

/** The node gets another name, and its old one another address than Debian's line has; a line of ours is edited. */
export const labCase: LabCase = {
  declared: (node) => ({
    hostname: `${node}-rack`,
    linkNames: true,
    hosts: { "10.9.9.9": [node], "fd00::9": ["gateway", "gateway.rack"] },
  }),
  drift: {
    script: "sed -i 's/gateway.rack/gate.rack/' /etc/hosts",
    told: 'names["fd00::9"]',
  },
};
