import { z } from "zod";
import { absolutePath } from "../names.ts";
import { feature } from "./feature.ts";

const sizeGb = z.number().int().positive();
const path = absolutePath.regex(
  /^[A-Za-z0-9_./-]+[A-Za-z0-9_.-]$/,
  "expected the path of a file without spaces; choose such a path",
);

export const swapGb = feature({
  key: "swapGb",
  rule: z
    .union([sizeGb, z.record(path, sizeGb)], {
      error: "expected a size in whole GiB, or path → size; write 8, or { /data/swap: 8 }",
    })
    .describe("swap file in GiB: a size for /swapfile, or path → size"),
  settings: (value) => ({ swapGb: typeof value === "number" ? { "/swapfile": value } : value }),
});
