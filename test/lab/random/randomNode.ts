import fc from "fast-check";
import { quote, run } from "../../../provider/shell/command.ts";
import { atPath, bytes, type PreState, type RandomNode, together, writes } from "./preState.ts";

const text = fc.oneof(
  fc.constantFrom("x\n", "", "quotes ' \" and $HOME %n\n", "ü ä €\n", "no end"),
  fc.string({ unit: "grapheme", maxLength: 80 }).filter((one) => !/[\0\u{d800}-\u{dfff}]/u.test(one)),
);
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFkYWFk ada@laptop";
const nothing: PreState = { prepare: ":", tidy: ":" };

const filePaths = [
  "/etc/rnd.conf",
  "/srv/rnd/deep/x.txt",
  "/home/rack/rnd.txt",
  "/usr/local/etc/with space.conf",
];

const files = fc.uniqueArray(fc.constantFrom(...filePaths), { minLength: 1, maxLength: 3 }).chain((paths) =>
  fc
    .record({
      before: fc.tuple(...paths.map(atPath)),
      entries: fc.tuple(
        ...paths.map(() => fc.record({ content: text, mode: fc.constantFrom("0644", "0600", "0755") })),
      ),
    })
    .map(({ before, entries }): RandomNode => {
      const wanted = paths.map((path, index) => [path, { ...entries[index], owner: ownerFor(path) }]);
      return { ...together(before), cluster: { files: Object.fromEntries(wanted) } };
    }),
);

/** Who owns what is wanted in somebody's home: they do. */
function ownerFor(path: string): string {
  return path.startsWith("/home/rack/") ? "rack:rack" : "root:root";
}

const folders = fc
  .record({
    path: fc.constantFrom("/srv/rndFolder", "/opt/rnd/inner"),
    mode: fc.constantFrom("0755", "2770", "0711"),
  })
  .chain(({ path, mode }) =>
    atPath(path).map((before): RandomNode => ({ ...before, cluster: { folders: { [path]: { mode } } } })),
  );

const authorizedKeys = fc
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
      tidy: "mv ~rack/keys ~rack/.ssh/authorized_keys",
    }),
  )
  .map((before): RandomNode => ({ ...before, cluster: { users: { rack: { authorizedKeys: [key] } } } }));

const accounts = fc
  .record({
    name: fc.constantFrom("ada", "ada.l", "Bea", "svc_1", "x-y"),
    before: fc.constantFrom("absent", "user", "group", "home", "foreignHome"),
    comment: fc.constantFrom(undefined, "Ada L.", "Ünï, $HOME 5%", "a 'quoted' \"one\""),
    shell: fc.constantFrom(undefined, "/bin/sh", "/usr/sbin/nologin"),
    hasKey: fc.boolean(),
  })
  .map(({ name, before, comment, shell, hasKey }): RandomNode => {
    const prepared = new Map([
      ["absent", ":"],
      ["user", `useradd --badname -m -c before ${name} || useradd -m ${name}`],
      ["group", `groupadd -f ${name} || :`],
      ["home", `mkdir -p /home/${name}`],
      [
        "foreignHome",
        `mkdir -p /home/${name} && echo old > /home/${name}/old && chown -R 1017:1018 /home/${name}`,
      ],
    ]);
    const tidy = `! getent passwd ${name} > /dev/null || userdel ${name}; ! getent group ${name} > /dev/null || groupdel ${name}; rm -rf /home/${name} /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-`;
    const wanted = {
      ...(comment && { comment }),
      ...(shell && { shell }),
      ...(hasKey && { authorizedKeys: [key] }),
    };
    return { prepare: prepared.get(before) ?? ":", tidy, cluster: { users: { [name]: wanted } } };
  });

const packages = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom("jq", "tree", "pv"),
      before: fc.constantFrom("absent", "installed", "rc", "held"),
    }),
    {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((all): RandomNode => {
    const states = all.map(({ name, before }): PreState => {
      if (before === "absent") return nothing;
      const more = {
        installed: ":",
        rc: run("apt-get", "-q", "-y", "remove", name),
        held: run("apt-mark", "hold", name),
      };
      return {
        prepare: `${run("apt-get", "-q", "-y", "install", name)}\n${more[before]}`,
        tidy: `apt-mark unhold ${name}; apt-get -q -y purge ${name}`,
      };
    });
    const { prepare, tidy } = together(states);
    const aptTidy = `${tidy}\napt-get -q -y autoremove --purge`;
    return { prepare, tidy: aptTidy, cluster: { packages: all.map(({ name }) => name) } };
  });

const kernel = fc
  .record({
    file: fc.constantFrom("10-own.conf", "90-minirack.conf", "99-own.conf"),
    line: fc.constantFrom(
      "net.core.somaxconn = 512",
      "net/core/somaxconn=700",
      "# nothing",
      "-net.core.somaxconn=800",
    ),
    wanted: fc.constantFrom(1024, "2048", 4096),
  })
  .map(({ file, line, wanted }): RandomNode => {
    const path = `/etc/sysctl.d/${file}`;
    const prepare = `${writes(path, Buffer.from(line))}\nsysctl -q -p ${path} || :`;
    const tidy = `rm -f ${path}; sysctl -q -w net.core.somaxconn=4096`;
    return { prepare, tidy, cluster: { sysctl: { "net.core.somaxconn": wanted } } };
  });

const limits = bytes.map(
  (before): RandomNode => ({
    prepare: `mkdir -p /etc/systemd/system.conf.d\n${writes("/etc/security/limits.d/90-minirack.conf", Buffer.from(before.toString("latin1").replace(/[^#\n]/g, "#")))}`,
    tidy: "rm -f /etc/security/limits.d/90-minirack.conf; rmdir /etc/systemd/system.conf.d 2>/dev/null || :",
    cluster: { limits: { nofile: 16_384 } },
  }),
);

const hosts = fc
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
      tidy: "cp -a /root/hosts.kept /etc/hosts; rm /root/hosts.kept",
      cluster: { hosts: { "10.9.9.9": ["nas", "nas.local"] } },
    }),
  );

const services = fc
  .record({
    before: fc.constantFrom("enable", "disable", "mask", "none"),
    isEnabled: fc.boolean(),
    isRunning: fc.boolean(),
  })
  .map(({ before, ...wanted }): RandomNode => {
    const unit = "/etc/systemd/system/rnd.service";
    const text =
      "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\nAlias=rndAlias.service\n";
    const at = before === "mask" ? "/usr/local/lib/systemd/system/rnd.service" : unit;
    const act = before === "none" ? ":" : `systemctl -q ${before} rnd.service`;
    return {
      prepare: `mkdir -p ${at.replace("/rnd.service", "")}\n${writes(at, Buffer.from(text))}\nsystemctl daemon-reload\n${act}`,
      tidy: `systemctl -q unmask rnd.service; systemctl -q disable --now rnd.service; rm -rf ${at}; rm -rf /usr/local/lib/systemd; systemctl daemon-reload`,
      cluster: { services: { "rnd.service": wanted } },
    };
  });

/** A node as somebody may have it, and one setting of a cluster file. */
export const randomNode = fc.oneof(
  { weight: 4, arbitrary: files },
  { weight: 2, arbitrary: folders },
  { weight: 2, arbitrary: accounts },
  { weight: 2, arbitrary: authorizedKeys },
  ...[packages, kernel, limits, hosts, services].map((arbitrary) => ({ weight: 1, arbitrary })),
);
