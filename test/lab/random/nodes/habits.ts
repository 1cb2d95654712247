import fc from "fast-check";
import { type PreState, writesText } from "./preState.ts";

/** A file of somebody's where there is none. */
function file(path: string, text: string, after = ":"): PreState {
  const reload = after === ":" ? "" : `\n${after}`;
  return { prepare: `${writesText(path, text)}${reload}`, tidy: `rm -f ${path}${reload}` };
}

/** A file of Debian's that somebody changed. */
function changed(path: string, command: string): PreState {
  const kept = `/root/${path.replaceAll("/", "-")}.kept`;
  return {
    prepare: `[ -e ${kept} ] || cp -a ${path} ${kept}\n${command}`,
    tidy: `[ ! -e ${kept} ] || cat ${kept} > ${path}\nrm -f ${kept}`,
  };
}

/** What a node has beside what the cluster file is about: how people set up their shells, sudo, apt, mounts, rules. */
export const habits: Record<string, PreState> = {
  greeting: changed(
    "/home/rack/.bashrc",
    `sed -i '1i echo Willkommen auf $(hostname); umask 077' /home/rack/.bashrc`,
  ),
  otherShell: changed("/etc/passwd", "sed -i '/^rack:/s,[^:]*$,/bin/sh,' /etc/passwd"),
  closedUmask: changed("/etc/login.defs", "sed -i 's/^UMASK.*/UMASK 077/' /etc/login.defs"),
  germanLocale: file("/etc/default/locale", "LANG=de_DE.UTF-8\nLC_ALL=de_DE.UTF-8\n"),
  environment: changed(
    "/etc/environment",
    "echo 'PATH=/opt/own:/usr/bin:/bin\nTMPDIR=/nowhere' > /etc/environment",
  ),
  groupOfAnotherName: {
    prepare: "sed -i 's/^rack:/crew:/' /etc/group /etc/gshadow",
    tidy: "sed -i 's/^crew:/rack:/' /etc/group /etc/gshadow",
  },
  sshConfig: file(
    "/home/rack/.ssh/config",
    "Host *\n  StrictHostKeyChecking no\n  LogLevel QUIET\n",
    "chown rack: /home/rack/.ssh/config 2>/dev/null || :",
  ),
  sudoDefaults: file(
    "/etc/sudoers.d/zz-own",
    'Defaults umask=0077, use_pty\nDefaults secure_path="/usr/bin:/bin"\nDefaults lecture=always\n',
    "chmod 0440 /etc/sudoers.d/zz-own 2>/dev/null || :",
  ),
  closedRoot: changed("/etc/passwd", "sed -i '/^root:/s,[^:]*$,/usr/sbin/nologin,' /etc/passwd"),
  closedHome: { prepare: "chmod 0700 /home/rack", tidy: "chmod 0755 /home/rack" },
  homeWithoutExec: {
    prepare: "mount --bind /home /home; mount -o remount,bind,noexec,nosuid /home",
    tidy: "umount /home",
  },
  tmpWithoutExec: { prepare: "mount -t tmpfs -o noexec,nosuid,size=8m tmpfs /tmp", tidy: "umount /tmp" },
  tmpFull: {
    prepare: "mount -t tmpfs -o size=64k tmpfs /tmp; dd if=/dev/zero of=/tmp/full bs=64k count=1 status=none",
    tidy: "umount /tmp",
  },
  aptWithoutExtras: file(
    "/etc/apt/apt.conf.d/99own",
    'APT::Install-Recommends "false";\nAPT::Get::Assume-Yes "false";\nAPT::AutoRemove::RecommendsImportant "false";\n',
  ),
  aptPinned: file("/etc/apt/preferences.d/own", "Package: jq tree pv\nPin: release *\nPin-Priority: 400\n"),
  aptHook: file("/etc/apt/apt.conf.d/99hook", 'DPkg::Post-Invoke { "echo hook ran"; };\n'),
  brokenSource: file(
    "/etc/apt/sources.list.d/own.list",
    "deb [trusted=yes] http://127.0.0.1:9/debian stable main\n",
  ),
  rules: {
    prepare:
      'iptables -A INPUT -p tcp --dport 9 -m comment --comment "no DOCKER LAN here" -j REJECT; iptables -P FORWARD DROP',
    tidy: "iptables -D INPUT -p tcp --dport 9 -m comment --comment 'no DOCKER LAN here' -j REJECT; iptables -P FORWARD ACCEPT",
  },
  maskedTimer: {
    prepare: "systemctl -q mask e2scrub_all.timer",
    tidy: "systemctl -q unmask e2scrub_all.timer; systemctl -q start e2scrub_all.timer",
  },
  lingering: { prepare: "loginctl enable-linger games", tidy: "loginctl disable-linger games" },
};

/** Some of them, by name. */
export const someHabits = fc.uniqueArray(fc.constantFrom(...Object.keys(habits)), { maxLength: 4 });
