import type { LabCase } from "../labCase.ts";

const everywhere = { "net.core.somaxconn": 8192, "net.ipv4.tcp_rmem": "4096 87380  16777216" };

/** vm.* is the Docker host's own: one node has it. A value is changed in our file, as somebody does who then reboots. */
export const labCase: LabCase = {
  declared: (node) => ({
    sysctl: { ...everywhere, ...(node === "mini1" && { "vm.vfs_cache_pressure": 50 }) },
  }),
  drift: {
    script: "sed -i 's/somaxconn = .*/somaxconn = 100/' /etc/sysctl.d/90-minirack.conf",
    told: 'sysctl["net.core.somaxconn"]',
  },
};
