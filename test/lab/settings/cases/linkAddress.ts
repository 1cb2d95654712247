import type { LabCase } from "../labCase.ts";

/** The address is taken from the interface; its file stays. */
export const labCase: LabCase = {
  drift: {
    script: "ip -4 address flush dev eth1",
    told: "linkAddress.eth1",
  },
};
