#!/bin/sh
# A canonical text of all that provisioning may touch on a lab node: docker exec -i NODE sh -s <lab/snapshot.sh
# Two snapshots of a node that nobody changed are equal byte for byte, minutes apart and across a reboot. What changes by
# itself is left out, with the reason where it is.
set -eu
export LC_ALL=C

section() {
  printf '\n# %s\n' "$1"
}

# Each line: path, type, mode, numeric owner and group, size, sha256 or a link's target, extended attributes (ACLs among them).
# A folder's size is its file system's affair.
files() {
  python3 - /etc /home /root /usr/local /opt /srv /disk /var/lib/docker /var/lib/minirack /var/lib/redis /var/spool/cron /var/lib/systemd/linger <<'PYTHON'
import hashlib, os, stat, sys

def content(path, kind):
    if kind == "f":
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()
    return ascii(os.readlink(path)) if kind == "l" else "-"

def line(path):
    facts = os.lstat(path)
    kind = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l", stat.S_IFIFO: "p", stat.S_IFSOCK: "s"}.get(stat.S_IFMT(facts.st_mode), "?")
    size = "-" if kind == "d" else facts.st_size
    kept = {name: os.getxattr(path, name, follow_symlinks=False).hex() for name in sorted(os.listxattr(path, follow_symlinks=False))}
    return "\t".join(str(part) for part in (ascii(path)[1:-1], kind, oct(stat.S_IMODE(facts.st_mode))[2:], facts.st_uid, facts.st_gid, size, content(path, kind), kept or ""))

def every(root):
    if os.path.lexists(root):
        yield root
    for folder, folders, files in os.walk(root):
        yield from (os.path.join(folder, name) for name in folders + files)

print("\n".join(sorted(line(path) for root in sys.argv[1:] for path in every(root))))
PYTHON
}

packages() {
  dpkg-query --show --showformat='${binary:Package} ${Version} ${db:Status-Abbrev}\n' | sort
  apt-mark showauto | sed 's/^/auto /' | sort
  apt-mark showhold | sed 's/^/hold /' | sort
  [ ! -e /var/cache/debconf/config.dat ] || sed -n 's/^Name: /debconf /p' /var/cache/debconf/config.dat | sort
}

# Rules, chains and policies other than the kernel's first; without counters, and without the Docker host's own name server.
firewall() {
  for family in iptables ip6tables; do
    ! command -v "$family-save" >/dev/null || "$family-save" | sed "s/ \[[0-9]*:[0-9]*\]\$//; s/^/$family /"
  done | grep -E '^ip6?tables (:|-A)' | grep -Ev ' :[A-Z]+ ACCEPT$|DOCKER_OUTPUT|DOCKER_POSTROUTING' || true
}

# systemd starts these for one question over D-Bus and stops them after half a minute.
asked='systemd-hostnamed|systemd-localed|systemd-timedated'

# A timer runs while the unit does that it has started. An emulated machine lets systemctl wait longer than it does by itself.
units() {
  export SYSTEMD_BUS_TIMEOUT=600
  unit_files=$(systemctl list-unit-files --no-legend --plain)
  active=$(systemctl list-units --no-legend --plain --state=active --type=service,socket,timer,path,swap)
  printf '%s\n' "$unit_files" | awk '{ print $1, $2 }' | sort
  printf '%s\n' "$active" | awk '{ print "active", $1, ($1 ~ /\.timer$/ ? "-" : $4) }' | grep -Ev " ($asked)\.service" | sort
}

# vm.* is the Docker host's own, the same on every node. The fast open key is random at each boot, the secret is read
# as an error where unset, connections are counted.
sysctls() {
  grep -rs '' /proc/sys/net /proc/sys/vm | sed 's,^/proc/sys/,,' |
    grep -Ev '(tcp_fastopen_key|stable_secret|nf_conntrack_count):' | sort
}

# Docker numbers the far ends of cables anew at each start, and gives eth0 any address of its network.
addresses() {
  ip -brief address show | sed 's/@[^ ]*//' | awk '
    { line = $1 " " $2; for (i = 3; i <= NF; i++) if ($1 != "eth0") line = line " " $i; print line }' | sort
  ip -oneline link show | awk '{ sub(/[:@].*/, "", $2); for (i = 3; i < NF; i++) if ($i == "mtu") print $2, "mtu", $(i + 1) }' | sort
  { ip -4 route show && ip -6 route show; } | grep -v 'dev eth0' | sort || true
}

# The root's options name Docker's layers, those of autofs a pipe of this boot. systemd's credentials are mounted while a unit starts.
mounts() {
  awk '$2 == "/" { $1 = "-"; $4 = "-" } $3 == "autofs" { $4 = "-" } $2 !~ "^/run/credentials/" { print $2, $3, $1, $4 }' /proc/self/mounts | sort
}

# The kernel shows the swap files of all nodes; those in this node's own files are told.
swaps() {
  tail -n +2 /proc/swaps | while read -r path _ size _; do [ ! -e "$path" ] || printf '%s %s\n' "$path" "$size"; done
}

# systemd keeps a user's manager for ten seconds after their last session.
waited=0
while [ "$waited" -lt 200 ] && systemctl is-active --quiet 'user@*.service'; do
  sleep 0.1
  waited=$((waited + 1))
done

section files && files
section packages && packages
section users && getent passwd | sort
section groups && getent group | sort
section units && units
section sysctls && sysctls
section addresses && addresses
section mounts && mounts
section swaps && swaps
section firewall && firewall
