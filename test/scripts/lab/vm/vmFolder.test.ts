import { resolve } from "node:path";
import { expect, test } from "vitest";
import { numberedVm, rootSsh } from "../../../../scripts/lab/vm/vmFolder.ts";

test("virtual machines have ports behind those of fifty containers", () => {
  expect(numberedVm("lab", 2200, 1)).toEqual({
    node: "vm1",
    port: 2251,
    rootPort: 2276,
    folder: resolve(".minirack/lab/vms/vm1"),
  });
  expect(numberedVm("lab", 2200, 2)).toMatchObject({ node: "vm2", port: 2252, rootPort: 2277 });
});

test("root is reached past what the user's ssh is set to, and its host key is always checked", () => {
  const words = rootSsh({ folder: "/vm", rootPort: 2276 });
  expect(words.slice(0, 3)).toEqual(["ssh", "-F", "none"]);
  expect(words).toContain("StrictHostKeyChecking=yes");
  expect(words).toContain("UserKnownHostsFile=/vm/knownHosts");
  expect(words.at(-1)).toBe("root@127.0.0.1");
});
