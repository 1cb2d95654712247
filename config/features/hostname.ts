import { z } from "zod";
import { hostName } from "../names.ts";
import { feature } from "./feature.ts";

export const hostname = feature({
  key: "hostname",
  rule: z
    .union([z.literal(true), hostName], {
      error: "expected a name, or true for the node's own; write one of them, or leave it out",
    })
    .describe("what the node calls itself: a name, or true for its name in this file"),
  settings: (value, { node }) => ({ names: { hostname: value === true ? node : value } }),
});
