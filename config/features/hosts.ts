import { z } from "zod";
import { dottedName } from "../names.ts";
import { feature, mapValues } from "./feature.ts";

const address = z.union([z.ipv4(), z.ipv6()], {
  error: "expected an IPv4 or IPv6 address, as 192.168.1.5; correct it",
});

const listOfNames = z
  .array(dottedName, { error: "expected a list of names; put them in brackets: [nas, nas.local]" })
  .min(1, "expected at least one name; write it, or remove the address");

export const hosts = feature({
  key: "hosts",
  rule: z.record(address, listOfNames).describe("lines of /etc/hosts: address → names"),
  settings: (value) => ({ names: mapValues(value, (all) => all.join(" ")) }),
});
