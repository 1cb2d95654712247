import { join } from "node:path";
import fc from "fast-check";
import { run } from "../../../../provider/shell/command.ts";
import { root } from "../../../../scripts/lab/labStack.ts";
import { nothing, type PreState, type RandomNode, together, writes, writesText } from "./preState.ts";

/** Packages, in every state that dpkg knows. */
export const packages = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom("jq", "tree", "pv"),
      before: fc.constantFrom("absent", "installed", "auto", "rc", "held"),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 2 },
  )
  .map((all): RandomNode => {
    const states = all.map(({ name, before }): PreState => {
      if (before === "absent") return nothing;
      const more = {
        installed: ":",
        auto: run("apt-mark", "auto", name),
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

/** A value of the kernel that other files set as well. */
export const sysctl = fc
  .record({
    file: fc.constantFrom("10-own.conf", "95-own.conf", "90-minirack.conf", "99-own.conf"),
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
    const prepare = `${writesText(path, line)}\nsysctl -q -p ${path} || :`;
    const tidy = `rm -f ${path}; sysctl -q -w net.core.somaxconn=4096`;
    return { prepare, tidy, cluster: { sysctl: { "net.core.somaxconn": wanted } } };
  });

/** Limits that others set as well, before and after minirack's by name. */
export const limits = fc
  .record({
    file: fc.constantFrom("10-own", "95-own", "90-minirack", "99-own"),
    line: fc.constantFrom("* soft nofile 4096\n", "rack - nofile 8192", "@adm hard nofile 9000\n", "# ü\n"),
    isLatin: fc.boolean(),
    nofile: fc.constantFrom<unknown>(16_384, { soft: 2048, hard: 4096 }),
  })
  .map(({ file, line, isLatin, nofile }): RandomNode => {
    const path = `/etc/security/limits.d/${file}.conf`;
    const piece = Buffer.from(line, isLatin ? "latin1" : "utf8");
    return {
      prepare: writes(path, { piece, times: 1 }),
      tidy: `rm -f ${path}`,
      cluster: { limits: { nofile } },
    };
  });

/** Limits that others give to services, before and after minirack's by name. */
export const limitsOfServices = fc
  .record({
    file: fc.constantFrom("10-own", "10-own", "90-minirack", "99-own"),
    line: fc.constantFrom("DefaultLimitNOFILE=1000:2000", "DefaultLimitNPROC=infinity", "# ü", "no setting"),
  })
  .map(({ file, line }): RandomNode => {
    const path = `/etc/systemd/system.conf.d/${file}.conf`;
    return {
      prepare: `mkdir -p /etc/systemd/system.conf.d\n${writesText(path, `[Manager]\n${line}\n`)}\nsystemctl daemon-reload`,
      tidy: `rm -f ${path}; rmdir /etc/systemd/system.conf.d 2>/dev/null || :; systemctl daemon-reload`,
      cluster: { limits: { nofile: 16_384 } },
    };
  });

/** A unit: with an alias, masked, a template's, one that does not stay. */
export const services = fc
  .record({
    before: fc.constantFrom("enable", "enable --now", "disable", "mask", "none"),
    command: fc.constantFrom("/bin/sleep infinity", "/bin/true"),
    isTemplate: fc.boolean(),
    isEnabled: fc.boolean(),
    isRunning: fc.boolean(),
  })
  .map(({ before, command, isTemplate, ...wanted }): RandomNode => {
    const [file, unit] = isTemplate ? ["rnd@.service", "rnd@a.service"] : ["rnd.service", "rnd.service"];
    const alias = isTemplate ? "" : "Alias=rndAlias.service\n";
    const text = `[Service]\nExecStart=${command}\n[Install]\nWantedBy=multi-user.target\n${alias}`;
    const folder = before === "mask" ? "/usr/local/lib/systemd/system" : "/etc/systemd/system";
    const act = before === "none" ? ":" : `systemctl -q ${before} ${unit}`;
    return {
      prepare: `mkdir -p ${folder}\n${writesText(`${folder}/${file}`, text)}\nsystemctl daemon-reload\n${act}`,
      tidy: `systemctl -q unmask ${unit}; systemctl -q disable --now ${unit}; rm -f ${folder}/${file}; rm -rf /usr/local/lib/systemd; systemctl daemon-reload; systemctl -q reset-failed ${unit}`,
      cluster: { services: { [unit]: wanted } },
    };
  });

/** A command at set times, whose unit's name somebody may have. */
export const timers = fc
  .record({
    before: fc.constantFrom("", "minirack-rnd.service", "minirack-rnd.timer"),
    isPersistent: fc.boolean(),
    command: fc.constantFrom("true", "echo 5% $HOME 'and more'"),
  })
  .map(({ before, ...wanted }): RandomNode => {
    const path = `/etc/systemd/system/${before}`;
    const text = before.endsWith("timer")
      ? "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n"
      : "[Service]\nType=oneshot\nExecStart=/bin/true\n";
    return {
      prepare: before === "" ? ":" : `${writesText(path, text)}\nsystemctl daemon-reload`,
      tidy: before === "" ? ":" : `rm -f ${path}\nsystemctl daemon-reload`,
      cluster: { timers: { rnd: { ...wanted, schedule: "daily" } } },
    };
  });

/** An authority beside others of the owner's. */
export const caCertificates = fc
  .constantFrom("absent", "own", "sameName", "notPem")
  .map((before): RandomNode => {
    const folder = "/usr/local/share/ca-certificates";
    const own = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=own -days 999 2>/dev/null`;
    const prepared = new Map([
      ["own", `${own} > ${folder}/own.crt; update-ca-certificates 2>/dev/null`],
      ["sameName", `${own} > ${folder}/minirack-rnd.crt; update-ca-certificates 2>/dev/null`],
      ["notPem", `echo no > ${folder}/own.crt; update-ca-certificates 2>/dev/null`],
    ]);
    return {
      prepare: prepared.get(before) ?? ":",
      tidy: `rm -f ${folder}/*.crt; update-ca-certificates --fresh 2>/dev/null`,
      cluster: { caCertificates: { rnd: { file: join(root, "test/lab/labCa.crt") } } },
    };
  });
