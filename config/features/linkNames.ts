import { z } from "zod";
import { linkName } from "../../provider/settings/linkAddress.ts";
import { feature } from "./feature.ts";

export const linkNames = feature({
  key: "linkNames",
  rule: z
    .literal(true, "expected true or no such key; remove it")
    .describe("every node's link address is NODE-link in /etc/hosts, its own as well"),
  settings: (_value, { links }) => ({
    names: Object.fromEntries(links.map(({ node, address }) => [address, linkName(node)])),
  }),
});
