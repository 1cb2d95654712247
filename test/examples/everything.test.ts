import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { features } from "../../config/features/index.ts";
import { clusterJsonSchema } from "../../config/jsonSchema.ts";
import { schemaPart } from "../../config/problems/schemaParts.ts";
import { schemaKeys, valueKeys } from "../support/schemaKeys.ts";

const file = new URL("../../examples/everything.yaml", import.meta.url);

/** What may stand for all nodes or for one is shown once. */
function shownOnce(path: string): string {
  const [nodes, any, key = ""] = path.split(".");
  const isForBoth = key === "hooks" || features.some((one) => one.key === key);
  return nodes === "nodes" && any === "*" && isForBoth ? path.split(".").slice(2).join(".") : path;
}

test("examples/everything.yaml shows every key of the cluster file", () => {
  const known = [...schemaKeys(schemaPart.parse(clusterJsonSchema())).keys()].map(shownOnce);
  const shown = new Set([...valueKeys(parse(readFileSync(file, "utf8")))].map(shownOnce));
  expect([...new Set(known)].filter((key) => !shown.has(key))).toEqual([]);
});
