import { z } from "zod";
import { dottedName } from "../names.ts";
import { feature, mapValues } from "./feature.ts";

const address = z.union([z.ipv4(), z.ipv6()], { error: "expected an IPv4 or IPv6 address" });

const listOfNames = z.array(dottedName, { error: "expected a list of names" }).min(1, "expected a name");

export const hosts = feature({
  key: "hosts",
  rule: z.record(address, listOfNames).describe("lines of /etc/hosts: address → names"),
  settings: (value) => ({ names: mapValues(value, (all) => all.join(" ")) }),
});
