import fc from "fast-check";
import { quote } from "../../../../provider/shell/command.ts";
import { type PreState, type RandomNode, writesText } from "./preState.ts";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFk ada@laptop";
/** What useradd and its like keep of the files that they change. */
const kept = "passwd group shadow gshadow subuid subgid";
const noteKept = `mkdir -p /var/tmp/rnd; for one in ${kept}; do [ ! -e /etc/$one- ] || cp -a /etc/$one- /var/tmp/rnd/; cp -a /etc/$one /var/tmp/rnd/; done`;
const putKeptBack = `for one in ${kept}; do rm -f /etc/$one-; cp -a /var/tmp/rnd/$one /etc/$one; [ ! -e /var/tmp/rnd/$one- ] || cp -a /var/tmp/rnd/$one- /etc/$one-; done; rm -r /var/tmp/rnd`;

/** Users, where one, their group or their home may be there already. */
export const users = fc
  .record({
    name: fc.constantFrom("ada", "bea", "svc_1", "x-y", "_own"),
    before: fc.constantFrom("absent", "user", "system", "group", "home", "foreignHome", "linkedHome"),
    comment: fc.constantFrom(undefined, "Ada L.", "Ünï, $HOME 5%", "a 'quoted' \"one\""),
    shell: fc.constantFrom(undefined, "/bin/sh", "/usr/sbin/nologin"),
    groups: fc.constantFrom(undefined, ["adm"], ["adm", "games"]),
    hasKey: fc.boolean(),
  })
  .map(({ name, before, comment, shell, groups, hasKey }): RandomNode => {
    const prepared = new Map([
      ["user", `useradd --badname -m -c before ${name} || useradd -m ${name}`],
      ["system", `useradd --system --badname ${name} || useradd --system ${name}`],
      ["group", `groupadd -f ${name} || :`],
      ["home", `mkdir -p /home/${name}`],
      ["foreignHome", `mkdir /home/${name}; echo old > /home/${name}/old; chown -R 1017:1018 /home/${name}`],
      ["linkedHome", `mkdir /srv/${name}; ln -s /srv/${name} /home/${name}`],
    ]);
    const wanted = {
      ...(comment && { comment }),
      ...(shell && { shell }),
      ...(groups && { groups }),
      ...(hasKey && { authorizedKeys: [key] }),
    };
    return {
      prepare: `${noteKept}\n${prepared.get(before) ?? ":"}`,
      tidy: `${putKeptBack}\nrm -rf /home/${name} /srv/${name} /var/mail/${name}`,
      cluster: { users: { [name]: wanted } },
    };
  });

/** A group, and somebody who is in it already or is to be. */
export const members = fc
  .record({
    name: fc.constantFrom("quant", "quant-x", "_crew"),
    before: fc.constantFrom("absent", "group", "member", "user"),
    gid: fc.constantFrom(undefined, 2000),
  })
  .map(({ name, before, gid }): RandomNode => {
    const prepared = new Map([
      ["group", `groupadd ${name}`],
      ["member", `groupadd ${name}; gpasswd -a games ${name}; gpasswd -a rack ${name}`],
      ["user", `useradd --badname -M ${name} || useradd -M ${name}`],
    ]);
    return {
      prepare: `${noteKept}\n${prepared.get(before) ?? ":"}`,
      tidy: putKeptBack,
      cluster: { groups: { [name]: gid === undefined ? {} : { gid } }, users: { rack: { groups: [name] } } },
    };
  });

/** Keys of the user that minirack logs in as. */
export const authorizedKeys = fc
  .oneof(
    fc
      .constantFrom("", "# only a word", "ssh-rsa AAAA one@two\r\n", "\n\n", 'command="true" ssh-rsa AAAA x')
      .map(
        (before): PreState => ({
          prepare: `cp -a ~rack/.ssh/authorized_keys /root/keys.kept\nprintf %s ${quote(before)} >> ~rack/.ssh/authorized_keys`,
          tidy: "cp -a /root/keys.kept ~rack/.ssh/authorized_keys && rm /root/keys.kept",
        }),
      ),
    fc.constant<PreState>({
      prepare: "mv ~rack/.ssh/authorized_keys ~rack/keys && ln -s ../keys ~rack/.ssh/authorized_keys",
      tidy: "mv -fT ~rack/keys ~rack/.ssh/authorized_keys",
    }),
    fc.constant<PreState>({
      prepare: "setfacl -m u:nobody:r ~rack/.ssh/authorized_keys && chmod 0640 ~rack/.ssh/authorized_keys",
      tidy: "setfacl -b ~rack/.ssh/authorized_keys && chmod 0600 ~rack/.ssh/authorized_keys",
    }),
  )
  .map((before): RandomNode => ({ ...before, cluster: { users: { rack: { authorizedKeys: [key] } } } }));

/** Lines of others in /etc/hosts. */
export const hosts = fc
  .constantFrom(
    "10.1.2.3 nas",
    "10.9.9.9\tnas old # mine",
    "# no end",
    "fd00::1 six\r\n",
    "10.9.9.9 nas\n10.9.9.9 nas\n",
  )
  .map(
    (line): RandomNode => ({
      prepare: `cp -a /etc/hosts /root/hosts.kept\nprintf %s ${quote(line)} >> /etc/hosts`,
      tidy: "cat /root/hosts.kept > /etc/hosts; rm /root/hosts.kept",
      cluster: { hosts: { "10.9.9.9": ["nas", "nas.local"] } },
    }),
  );

/** How the node is called, and what its files say of that. */
export const hostname = fc.constantFrom("", "mini1.local\n", "# a word\nmini1\n", "mini1").map(
  (before): RandomNode => ({
    prepare: `cp -a /etc/hostname /root/hostname.kept\nhostname > /root/hostname.now\n${before === "" ? ":" : writesText("/etc/hostname", before)}`,
    tidy: 'cat /root/hostname.kept > /etc/hostname; hostname "$(cat /root/hostname.now)"; rm /root/hostname.kept /root/hostname.now',
    cluster: { hostname: "shelf-1" },
  }),
);
