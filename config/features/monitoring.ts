import { z } from "zod";
import { feature, installed } from "./feature.ts";
import { packages } from "./packages.ts";

const usual = ["htop", "lm-sensors", "sysstat"];

/** Programs that tell how a node is doing. */
export const monitoring = feature({
  key: "monitoring",
  rule: z
    .union([z.literal(true).transform(() => usual), packages.rule], {
      error: "expected true or a list of Debian packages; write true, or the packages in brackets",
    })
    .describe(`programs that tell how a node is doing: true for ${usual.join(", ")}, or a list of packages`),
  settings: (names) => ({ packages: installed(...names) }),
});
