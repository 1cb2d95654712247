import { expect, test } from "vitest";
import { settingByKey } from "../../../provider/settings/index.ts";
import type { Entries, Json } from "../../../provider/settings/setting.ts";

function prepare(key: string, actual: Entries<Json>, wanted: Entries<Json>, fresh = Object.keys(actual)) {
  return settingByKey(key).linux.prepare?.(actual, wanted, fresh);
}

const file = (content: string, owner = "root:root") => ({ content, mode: "0644", owner });

test("a file of before is kept once, whole; what may not be put there is refused before that", () => {
  const actual = {
    "/etc/a": file("before\n", "472:adm"),
    "/etc/b": null,
    "/srv/": { mode: "0755", owner: "root:root" },
  };
  const wanted = {
    "/etc/a": file("ours\n"),
    "/etc/b": file("ours\n"),
    "/srv/": { mode: "0755", owner: "root:root" },
  };
  const hands = ["expect_hands /etc/a root:root", "expect_hands /etc/b root:root"];
  expect(prepare("files", actual, wanted)).toEqual([...hands, "keep_original /etc/a 472:adm"]);
  expect(prepare("files", actual, wanted, [])).toEqual(hands);
});

test("a home is asked for before any group or user is made, but not that of a system user or of one who is there", () => {
  const wanted = {
    "group quant": "present",
    "user ada": "present",
    "user ben": 1017,
    "home ben": "/data/ben",
    "user feed": "system",
    "user rack": "present",
  };
  const actual = {
    ...Object.fromEntries(Object.keys(wanted).map((key) => [key, null])),
    "user rack": "present",
  };
  expect(prepare("accounts", actual, wanted)).toEqual([
    "expect_home_free ada present /home/ada",
    "expect_home_free ben 1017 /data/ben",
  ]);
});

test("limits that differ are asked for in the unit of their file", () => {
  const limit = (hard: Json) => ({ soft: 1, hard });
  const actual = { nofile: null, memlock: null, nproc: limit(5) };
  const wanted = { nofile: limit(65536), memlock: limit("unlimited"), nproc: limit(5) };
  expect(prepare("limits", actual, wanted)).toEqual([
    "expect_own /etc/security/limits.d/90-minirack.conf",
    "expect_own /etc/systemd/system.conf.d/90-minirack.conf",
    "expect_limit nofile 65536 1",
    "expect_limit memlock unlimited 1024",
  ]);
});

test.each<[setting: string, actual: Entries<Json>, wanted: Entries<Json>, steps: string[]]>([
  [
    "sysctl",
    { a: "1 (not kept)" },
    { a: "2" },
    ["expect_own /etc/sysctl.d/90-minirack.conf", "sysctl_last a a 2"],
  ],
  ["sysctl", { a: "2" }, { a: "2" }, []],
  [
    "caCertificates",
    { own: null },
    { own: "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n" },
    ["expect_unused /usr/local/share/ca-certificates/minirack-own.crt"],
  ],
  ["linkAddress", { eth1: null }, { eth1: "10.0.0.1/24" }, ["link_unused eth1"]],
])(
  "%s: under a name that minirack writes itself nothing of the owner's lies",
  (key, actual, wanted, steps) => {
    expect(prepare(key, actual, wanted)).toEqual(steps);
  },
);

test("a certificate that minirack wrote is changed without a question", () => {
  const [before, after] = ["x", "y"].map(
    (text) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
  );
  expect(prepare("caCertificates", { own: before ?? null }, { own: after ?? null }, [])).toEqual([]);
});
