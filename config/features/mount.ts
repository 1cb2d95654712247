import { z } from "zod";
import { type SecretReference, secretSchema } from "../secret.ts";
import { SecretText } from "../secretText.ts";
import { installed, rootFile, running, type SettingValues } from "./feature.ts";

const plain = (what: string) =>
  z
    .string()
    .regex(
      /^[^\s\\"'%]+$/,
      `expected ${what} without blanks, quotes, % and backslashes; write it without them`,
    );

export const mountRule = z
  .strictObject({
    from: plain("a share").describe("nfs: nas:/export; smb: //nas/share"),
    type: z.enum(["nfs", "smb"]).describe("how it is shared"),
    options: z.array(plain("an option")).default([]).describe("mount options besides ro, nofail and _netdev"),
    credentials: z
      .strictObject({
        user: plain("a user").describe("user of the share"),
        password: secretSchema.describe("that user's password"),
      })
      .optional()
      .describe("who reads it, with smb"),
  })
  .describe("a share of another computer, mounted read-only");
type Mount = z.output<typeof mountRule>;

/** A share of another computer: systemd mounts it read-only, at each boot, and does not hold the boot up for it. */
export function mountSettings(key: string, mount: Mount, path: string): SettingValues {
  const unit = mountUnit(path);
  const unitFile = `/etc/systemd/system/${unit}`;
  const credentials = mount.credentials && {
    [credentialsFile(key)]: credentialsEntry(mount.credentials),
  };
  return {
    packages: installed(mount.type === "nfs" ? "nfs-common" : "cifs-utils"),
    files: {
      [unitFile]: rootFile(unitText(key, mount, path)),
      ...credentials,
    },
    services: { [unit]: running(...Object.keys(credentials ?? {})) },
  };
}

/** The unit's name is the path's, as `systemd-escape --path` has it. */
export function mountUnit(path: string): string {
  const escaped = path
    .slice(1)
    .replace(/[^A-Za-z0-9:_./]/g, (one) =>
      [...Buffer.from(one)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
    )
    .replace(/^\./, "\\x2e")
    .replaceAll("/", "-");
  return `${escaped}.mount`;
}

function unitText(key: string, { from, type, options, credentials }: Mount, path: string): string {
  const secret = credentials === undefined ? [] : [`credentials=${credentialsFile(key)}`];
  const all = ["ro", "nofail", "_netdev", ...secret, ...options].join(",");
  return `# minirack: data set ${key}
[Unit]
Wants=network-online.target
After=network-online.target
[Mount]
What=${from}
Where=${path.replaceAll("%", "%%")}
Type=${type === "nfs" ? "nfs" : "cifs"}
Options=${all}
TimeoutSec=60
[Install]
WantedBy=remote-fs.target
`;
}

function credentialsFile(key: string): string {
  return `/etc/minirack/${key}.credentials`;
}

function credentialsEntry({ user, password }: { user: string; password: SecretReference }) {
  const content = new SecretText([password], ([secret = ""]) => `username=${user}\npassword=${secret}\n`);
  return { content, mode: "0600", owner: "root:root" };
}
