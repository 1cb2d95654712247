import { expect, test } from "vitest";
import { stepText } from "../../../provider/shell/stepText.ts";

test.each([
  ["put /etc/app/token 0600 app:app 'ghp_0123456789abcdefSECRET\nmore\n'", "write /etc/app/token"],
  ["put '/etc/a b' 0600 app:app ghp_SECRET", "write"],
  ["rm -f /etc/motd", "remove /etc/motd"],
  ["systemctl enable --quiet redis-server.service", "enable redis-server.service"],
  ["unit_run restart chrony.service", "restart chrony.service"],
  ["link_keep eth1 172.31.0.13/24", "set the link eth1"],
  [
    "set_line \"$home\"/.ssh/authorized_keys ' mark' 'ssh-ed25519 AAAA mark'",
    "write a line of $home/.ssh/authorized_keys",
  ],
  ["make_environment app 3 '' /opt/app none", "make the Python environment app"],
  ["remove_uv", "remove uv"],
  ["unmake", "remove the empty folders that minirack made"],
  ['[ "$(id -un)" = x ] && exec tar', "run its script"],
])("a step in words for people: %s", (step, text) => {
  expect(stepText(step)).toBe(text);
});
