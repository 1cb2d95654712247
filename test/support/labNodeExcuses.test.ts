import { expect, test } from "vitest";
import { type Excuse, readExcuses, unexcused } from "./labNodeExcuses.ts";

const before = "# files\n/etc/motd f 644\n/etc/same f 644\n\n# groups\nrack\n";
const after = "# files\n/etc/motd f 600\n/etc/same f 644\n\n# groups\nrack\ndocker\n";

test("tells each line in which two snapshots differ, with its section", () => {
  expect(unexcused(before, before, [], new Set())).toEqual([]);
  expect(unexcused(before, after, [], new Set())).toEqual([
    "files - /etc/motd f 644",
    "files + /etc/motd f 600",
    "groups + docker",
  ]);
});

test("counts equal lines", () => {
  expect(unexcused("# groups\nrack\n", "# groups\nrack\nrack\n", [], new Set())).toEqual(["groups + rack"]);
});

test("leaves out what is excused, and tells which excuses applied", () => {
  const docker = { pattern: "^groups \\+ docker$", reason: "Debian's purge of docker.io leaves it" };
  const stale = { pattern: "^groups \\+ rdma$", reason: "Debian's purge of mpich leaves it behind" };
  const used = new Set<Excuse>();
  expect(unexcused(before, after, [docker, stale], used)).toHaveLength(2);
  expect([...used]).toEqual([docker]);
});

test("an excuse has a reason and is never of access, units or homes; there are few", () => {
  const text = (pattern: string, reason: string) => JSON.stringify([{ pattern, reason }]);
  expect(readExcuses("[]")).toEqual([]);
  expect(readExcuses(text("^groups", "Debian's purge leaves it"))).toHaveLength(1);
  for (const pattern of ["etc/ssh", "sudoers", "systemd", "home/rack", "^units"])
    expect(() => readExcuses(text(pattern, "Debian's purge leaves it"))).toThrow("expected nothing of");
  expect(() => readExcuses(text("^groups", "so"))).toThrow("expected a sentence");
  const sixteen = Array.from({ length: 16 }, () => ({ pattern: "x", reason: "Debian's purge leaves it" }));
  expect(() => readExcuses(JSON.stringify(sixteen))).toThrow();
});
