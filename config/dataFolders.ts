import { z } from "zod";
import type { SettingValues } from "./features/feature.ts";

/** A data set on a node. */
export interface DataFolder {
  path: string;
  /** Of what is in it; left out where we did not bring it. */
  digest?: string;
}

type DataSet = { path: string } | { existing: string };

const brought = z.object({ digest: z.string() });

/** Where a node's data sets lie, by their names. */
export function dataFolders(
  dataSets: Record<string, DataSet>,
  settings: SettingValues,
): Record<string, DataFolder> {
  return Object.fromEntries(
    Object.entries(dataSets).map(([name, one]) => {
      const path = "existing" in one ? one.existing : one.path;
      const { data } = brought.safeParse(settings.syncedFolders?.[`dataSets/${name}`]);
      return [name, { path, ...(data && { digest: data.digest }) }];
    }),
  );
}
