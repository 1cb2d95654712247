import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

const name = fc.constantFrom("one", "two", "three");
const key = fc.stringMatching(/^[A-Za-z0-9+/]{8}$/).map((text) => `ssh-ed25519 ${text}`);

/** Three files that name the others. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    name,
    fc.record({
      address: fc.integer({ min: 1, max: 254 }).map((last) => `172.31.0.${last}`),
      port: fc.integer({ min: 1, max: 65535 }),
      user: name,
      hostKey: key,
      publicKey: key,
    }),
  ),
  verbs: () => ({ tell_other_ssh: () => {} }),
  answer: (node) => [
    ...node.show("/etc/ssh/ssh_config.d/50-minirack.conf"),
    ...node.show("$home/.ssh/minirack_known_hosts"),
    ...node.lines("$home/.ssh/authorized_keys"),
  ],
};
