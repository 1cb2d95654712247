import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

const key = fc.stringMatching(/^[A-Za-z0-9+/]{8}$/).map((text) => `ssh-ed25519 ${text} minirack-dev`);

/** The cluster's key in authorized_keys, and the key that the node makes for itself. */
export const model: SettingModel = {
  wanted: fc.record({ clusterKey: key, nodeKey: fc.constant("ed25519") }, { requiredKeys: [] }),
  answer: (node) => [
    ...(node.files.has("$home/.ssh/minirack") && node.files.has("$home/.ssh/minirack.pub")
      ? ["nodeKey\ted25519"]
      : []),
    `clusterKey\t${node.lines("$home/.ssh/authorized_keys").find((line) => line.endsWith(" minirack-dev")) ?? ""}`,
  ],
  verbs: (node) => ({
    forget_node_key: () => {
      for (const end of ["", ".pub"]) node.files.delete(`$home/.ssh/minirack${end}`);
    },
    make_node_key: () =>
      node.addFiles({ "$home/.ssh/minirack": "key\n", "$home/.ssh/minirack.pub": "ssh-ed25519 AAAA x\n" }),
  }),
};
