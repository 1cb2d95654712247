import { join } from "node:path";
import { root } from "../../../../scripts/lab/labStack.ts";
import type { LabCase } from "../labCase.ts";

const data = join(root, "test/lab/data");

/** Somebody changes a file of the data set; what the project ignores has not come. */
export const labCase: LabCase = {
  declared: {
    dataSets: {
      prices: { source: join(data, "prices"), path: "/srv/data/prices" },
      logs: { existing: "/var/log" },
    },
    projects: Object.fromEntries(
      ["strategy", "signals", "ledger"].map((name) => [
        name,
        { folder: join(data, name), path: `/opt/${name}` },
      ]),
    ),
  },
  drift: {
    script: "[ ! -e /opt/strategy/notes.txt ]; echo 0 >> /srv/data/prices/2024/a.csv",
    told: 'syncedFolders["dataSets/prices"].drift["2024/a.csv"]',
  },
};
