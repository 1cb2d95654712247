/** Stack, port base and link subnet of this test's lab; another one lets two checkouts test at once. */
const [stack = "labf", portBase = "2800", linkSubnet = "172.31.8.0/24"] = (
  process.env.MINIRACK_TEST_LAB ?? ""
)
  .split(",")
  .filter((part) => part !== "");
export const cycleLab = [stack, Number(portBase), linkSubnet] as const;

/** Only these settings and what they need, while one is being written; all of them otherwise. */
const only = process.env.MINIRACK_TEST_SETTINGS?.split(",");

/** Whether this run is about a setting; access there must be. */
export function isTested(setting: string): boolean {
  return only === undefined || ["sshAccess", ...only].includes(setting);
}
