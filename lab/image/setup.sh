#!/bin/sh
# Runs while the image is built: makes of a Debian base what an installer leaves on a disk, before its first boot.
set -eu
mirror=$1
shift

if ! dpkg --status "$@" >/dev/null 2>&1; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
fi

# Debian's image for Docker starts no services and keeps no packages; a computer does.
rm -f /usr/sbin/policy-rc.d /etc/apt/apt.conf.d/docker-* /etc/dpkg/dpkg.cfg.d/docker-*

if [ -n "$mirror" ]; then
  # shellcheck disable=SC1091 # the image's
  . /etc/os-release
  cat >/etc/apt/sources.list <<SOURCES
deb $mirror $VERSION_CODENAME main
deb $mirror $VERSION_CODENAME-updates main
deb $mirror-security $VERSION_CODENAME-security main
SOURCES
fi

# debootstrap knows no security updates; an old version would be upgraded by the first package that needs a newer one.
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get upgrade -y -q

update-ca-certificates

# apt's own timers would change files and take apt's lock at random hours; tests take the lock themselves.
systemctl mask --quiet apt-daily.timer apt-daily-upgrade.timer

# Each node makes its own at its first boot.
rm -f /etc/ssh/ssh_host_* /var/lib/dbus/machine-id
: >/etc/machine-id

# What systemd does once after an update of /usr is done (Debian 12 does no such thing): all boots are alike.
[ ! -x /lib/systemd/systemd-update-done ] || /lib/systemd/systemd-update-done

apt-get clean
rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt/* /etc/*-
