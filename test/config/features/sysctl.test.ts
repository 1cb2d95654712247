import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test.each([
  ["9223372036854775807", "9223372036854775807"],
  ["18446744073692774399", "18446744073692774399"],
  ["-9223372036854775808", "-9223372036854775808"],
  ["0xFFFFFFFFFFFFFFFF", "18446744073709551615"],
  ["9007199254740991", "9007199254740991"],
  ["10", "10"],
  ['"9223372036854775807"', "9223372036854775807"],
])("a value of the kernel that is written %s has all its digits", (written, value) => {
  const file = join(temporaryFolder(), "cluster.yaml");
  writeFileSync(file, `sysctl: { fs.file-max: ${written} }\nnodes: [{ name: mini1, host: 10.0.0.1 }]\n`);
  expect(loadCluster(file, "home").nodes[0]?.settings.sysctl).toEqual({ "fs.file-max": value });
});
