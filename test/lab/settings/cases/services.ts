import { join } from "node:path";
import { root } from "../../../../scripts/lab/labStack.ts";
import type { LabCase } from "../labCase.ts";

const configFile = "/etc/redis/minirack.conf";

/** A file that the unit has read is written anew with the same content: it runs with the older one. */
export const labCase: LabCase = {
  declared: {
    redis: { password: { file: join(root, "test/lab/redisPassword") } },
    timeSync: { servers: ["127.127.1.1"] },
    timers: { cleanup: { command: "true", schedule: "daily", isPersistent: true } },
    logRotation: { training: { path: "/var/log/training/*.log", maxSizeMb: 10 } },
  },
  drift: {
    script: `touch ${configFile}`,
    told: `services["redis-server.service"].startedAfter["${configFile}"]`,
  },
};
