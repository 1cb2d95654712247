import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { forgetHostValues, recordedHostValues, recordHostValues } from "../../../scripts/lab/hostValues.ts";
import { restoreScript } from "../../../scripts/lab/restoreHostValues.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe.runIf(process.platform === "linux")("the Docker host's values", () => {
  test("are recorded once, for the user alone, without commands to the kernel, and forgotten", async () => {
    const file = join(temporaryFolder(), "minirack", "values.json");
    await recordHostValues(file);
    const first = readFileSync(file, "utf8");
    await recordHostValues(file);
    expect(readFileSync(file, "utf8")).toBe(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await recordedHostValues(file)).toHaveProperty(["vm/swappiness"]);
    expect(await recordedHostValues(file)).not.toHaveProperty(["vm/drop_caches"]);
    await forgetHostValues(file);
    expect(await recordedHostValues(file)).toEqual({});
  });
});

test("only what changed is written back, and no zero that stands for the other of a pair", () => {
  const recorded = {
    "vm/swappiness": "60",
    "vm/dirty_bytes": "0",
    "vm/dirty_ratio": "20",
    "vm/overcommit_memory": "0",
  };
  const script = restoreScript(recorded, ["vm/dirty_bytes", "vm/dirty_ratio", "vm/overcommit_memory"]);
  expect(script).toBe("echo '20' >/proc/sys/vm/dirty_ratio\necho '0' >/proc/sys/vm/overcommit_memory\n");
});
