import { isIP } from "node:net";
import { z } from "zod";
import { sourceFile } from "../../provider/shell/sourceFile.ts";
import { type SecretReference, secretSchema } from "../secret.ts";
import { SecretText } from "../secretText.ts";
import { feature, installed, rootFile, running } from "./feature.ts";

const persistences = {
  appendonly: "appendonly yes\nsave 3600 1 300 100 60 10000\n",
  rdb: "appendonly no\nsave 3600 1 300 100 60 10000\n",
  none: 'appendonly no\nsave ""\n',
};

const policies = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
] as const;

const redisRule = z.strictObject({
  password: secretSchema.describe("what clients must give (AUTH)"),
  bind: z
    .array(
      z
        .string()
        .refine((text) => isIP(text) > 0, "expected an IP address of the node; write one instead of a name"),
    )
    .min(1, "expected at least one address; write it, or leave bind out")
    .default(["127.0.0.1", "::1"])
    .describe("addresses of the node that it listens at"),
  port: z.number().int().min(1).max(65535).default(6379).describe("port that it listens at"),
  persistence: z
    .enum(["appendonly", "rdb", "none"])
    .default("appendonly")
    .describe("appendonly: every write is kept; rdb: snapshots; none: memory only"),
  maxmemoryMb: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("limit of its memory in MiB; none when left out"),
  maxmemoryPolicy: z.enum(policies).default("noeviction").describe("what goes when the limit is reached"),
});
type Redis = z.output<typeof redisRule>;

const configFile = "/etc/redis/minirack.conf";
/** What it finds as a snapshot alone is not lost when it begins to log its writes. */
const fromSnapshot = "/opt/minirack/redis/fromSnapshot";
const dropIn = "/etc/systemd/system/redis-server.service.d/minirack.conf";

/** Debian's redis with a configuration of our own, which begins with Debian's: its file stays as it is. */
export const redis = feature({
  key: "redis",
  rule: redisRule.describe("a Redis that asks for a password"),
  settings: (value) => ({
    packages: installed("redis-server", "redis-tools"),
    files: {
      [configFile]: { content: configText(value), mode: "0640", owner: "redis:redis" }, // the folder is theirs
      [dropIn]: rootFile(dropInText),
      [fromSnapshot]: { ...rootFile(sourceFile("provider/redis/fromSnapshot.sh")), mode: "0755" },
    },
    services: { "redis-server.service": running(configFile, dropIn) },
  }),
});

/**
 * An address that it listens at may come some time after a boot: it is started again until it is there. Debian's unit lets Redis run
 * no other program, so what comes before it runs outside of that (+), as the user of Redis all the same.
 */
const dropInText = `# minirack: our configuration, which includes Debian's
[Unit]
StartLimitIntervalSec=0
[Service]
ExecStartPre=+/usr/bin/setpriv --reuid=redis --regid=redis --init-groups ${fromSnapshot}
ExecStart=
ExecStart=/usr/bin/redis-server ${configFile} --supervised systemd --daemonize no
Restart=always
RestartSec=1s
`;

function configText({ password, bind, port, persistence, maxmemoryMb, maxmemoryPolicy }: Redis): SecretText {
  const memory = maxmemoryMb === undefined ? "" : `maxmemory ${maxmemoryMb}mb\n`;
  const text = `# minirack: what differs from Debian's configuration
include /etc/redis/redis.conf
bind ${bind.map((one) => (mayBeMissing(one) ? `-${one}` : one)).join(" ")}
port ${port}
protected-mode yes
${persistences[persistence]}${memory}maxmemory-policy ${maxmemoryPolicy}
`;
  return new SecretText([password], ([secret = ""]) => `${text}requirepass ${quoted(secret, password)}\n`);
}

/** A node without IPv6 has no ::1; the minus says that this is no reason to fail. */
function mayBeMissing(address: string): boolean {
  return address === "::1";
}

/** Redis reads "…" with backslashes. An empty password would be none. */
function quoted(secret: string, reference: SecretReference): string {
  if (secret === "")
    throw new Error(
      `redis.password: expected a password, got an empty one from ${JSON.stringify(reference)}; write one there`,
    );
  return `"${secret.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
