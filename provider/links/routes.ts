import { z } from "zod";
import type { LinkEnds } from "./linkEnds.ts";

/** Node → other node → interface by which its traffic to there leaves. */
export const routesSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type Routes = z.infer<typeof routesSchema>;

/** The routes as they must be: by the link's own interface to everybody. */
export function routesOf(ends: LinkEnds): Routes {
  const names = Object.keys(ends);
  return Object.fromEntries(
    Object.entries(ends).map(([from, { interface: own }]) => [
      from,
      Object.fromEntries(names.filter((to) => to !== from).map((to) => [to, own])),
    ]),
  );
}
