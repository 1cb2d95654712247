import { readFileSync } from "node:fs";

/** POSIX sh with `reboot_reason`, which says why a node waits for a reboot, where it does. */
export const rebootReason = readFileSync(new URL("rebootReason.sh", import.meta.url), "utf8");
