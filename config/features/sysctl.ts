import { z } from "zod";
import { feature, mapValues } from "./feature.ts";

const key = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*)+$/,
    "expected the name of a kernel's value, as net.core.rmem_max; see sysctl -a",
  )
  .refine((name) => !/^vm\.dirty_(background_)?bytes$/.test(name), {
    error:
      "expected vm.dirty_ratio or vm.dirty_background_ratio; write one of them: their twins in bytes cannot be put back",
  });

/** With all its digits: the kernel has values of 64 bits. */
const number = z.union([z.number(), z.bigint()]);
number._zod.toJSONSchema = () => ({ type: "number" }); // which has no word for a bigint

const value = z.union([
  number,
  z.string().regex(/^[^\s()][^\n()]*$/, "expected a value on one line, without brackets; write it so"),
]);

export const sysctl = feature({
  key: "sysctl",
  rule: z.record(key, value).describe("values of the kernel, now and at each boot: name → number or text"),
  settings: (values) => ({
    sysctl: mapValues(values, (one) => String(one).trim().replaceAll(/\s+/g, " ")),
  }),
});
