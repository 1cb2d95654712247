import { z } from "zod";
import { limitUnits } from "../../provider/settings/limits.ts";
import { nearestNames } from "../nearestNames.ts";
import { listed } from "../problems/foundText.ts";
import { feature } from "./feature.ts";

const value = z.union([z.number().int().nonnegative(), z.literal("unlimited")]);
const limit = z.union(
  [
    value,
    z
      .strictObject({
        soft: value.optional().describe("what a process starts with; the hard limit when left out"),
        hard: value.describe("up to where it may raise that itself"),
      })
      .refine(({ soft, hard }) => soft === undefined || isUpTo(soft, hard), {
        error:
          "expected a soft limit that is not above the hard one, got one above it; lower it, or raise the hard one",
      }),
  ],
  { error: "expected a number from 0 on, unlimited, or { soft, hard }; write one of them" },
);
const names = Object.keys(limitUnits);
const noUnlimitedFiles =
  "expected a number, as the kernel has no nofile without a limit, got unlimited; write one up to fs.nr_open, as 1048576";

function isUpTo(soft: z.infer<typeof value>, hard: z.infer<typeof value>): boolean {
  return hard === "unlimited" || (soft !== "unlimited" && soft <= hard);
}

export const limits = feature({
  key: "limits",
  rule: z
    .record(
      z.string().refine((name) => names.includes(name), {
        error: ({ input }) =>
          `expected ${listed(names)}; write ${nearestNames(String(input), names, 1)[0] ?? "one of them"}`,
      }),
      limit,
    )
    .superRefine(({ nofile }, { addIssue }) => {
      const { hard } = typeof nofile === "object" ? nofile : { hard: nofile };
      if (hard === "unlimited") addIssue({ code: "custom", path: ["nofile"], message: noUnlimitedFiles });
    })
    .describe(
      "limits of processes: name → number, unlimited but for nofile, or soft and hard; memory in KiB",
    ),
  settings: (limits) => ({
    limits: Object.fromEntries(
      Object.entries(limits).map(([name, one]) => {
        const { soft, hard } = typeof one === "object" ? one : { soft: one, hard: one };
        return [name, { soft: soft ?? hard, hard }];
      }),
    ),
  }),
});
