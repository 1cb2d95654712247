import { join } from "node:path";
import { root } from "../../../../scripts/lab/labStack.ts";
import type { LabCase } from "../labCase.ts";

/** A certificate is removed from the bundle. */
export const labCase: LabCase = {
  declared: { caCertificates: { lab: { file: join(root, "test/lab/labCa.crt") } } },
  drift: {
    script: "rm /usr/local/share/ca-certificates/minirack-lab.crt; update-ca-certificates --fresh",
    told: "caCertificates.lab",
  },
};
