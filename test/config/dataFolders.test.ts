import { expect, test } from "vitest";
import { dataFolders } from "../../config/dataFolders.ts";

test("a data set that we bring has its digest; one that is there or mounted has its path alone", () => {
  const sets = {
    prices: { path: "/srv/data/prices" },
    news: { existing: "/mnt/news" },
    ticks: { path: "/srv/data/ticks" },
  };
  const settings = {
    syncedFolders: { "dataSets/prices": { digest: "f00d" }, "dataSets/news": { existing: "/mnt/news" } },
  };
  expect(dataFolders(sets, settings)).toEqual({
    prices: { path: "/srv/data/prices", digest: "f00d" },
    news: { path: "/mnt/news" },
    ticks: { path: "/srv/data/ticks" },
  });
});
