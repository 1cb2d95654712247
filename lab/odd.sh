#!/bin/sh
# odd.sh USER: makes of a fresh lab node one that people have lived on, and that still works: docker exec -i NODE sh -s USER <lab/odd.sh
# Each line is a kind of node that was met somewhere. All of it must be there again, byte for byte, when the node is given back.
# shellcheck disable=SC2016 # what the node's own shells expand
set -eu
user=$1
home=$(getent passwd "$user" | cut -d: -f6)
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
[ ! -e /usr/lib/minirack-lab/isOdd ] || exit 0

apt-get -q -y update >/dev/null
apt-get -q -y install --no-install-recommends acl iptables libpam-systemd locales zsh htop pv >/dev/null

packages() {
  apt-get -q -y remove htop >/dev/null # removed, its state kept: rc
  apt-mark hold pv >/dev/null
  printf 'Package: tree\nPin: release *\nPin-Priority: 400\n' >/etc/apt/preferences.d/tree
  work=$(mktemp -d)
  mkdir "$work/DEBIAN"
  printf 'Package: own-tool\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: of no repository\n' >"$work/DEBIAN/control"
  dpkg-deb -b "$work" "$work.deb" >/dev/null
  dpkg -i "$work.deb" >/dev/null
  rm -r "$work" "$work.deb"
}

accounts() {
  groupmod -n crew "$user"
  sed -i 's/^UMASK.*/UMASK 077/' /etc/login.defs
  useradd --create-home --shell /bin/bash anna
  usermod --comment 'Änna, $HOME 5%' anna
  loginctl enable-linger anna
  install -d -m 0755 /home/former
  echo old >/home/former/notes
  chown -R 1017:1018 /home/former
}

greetings() {
  localedef -i de_DE -f UTF-8 de_DE.UTF-8
  echo 'LANG=de_DE.UTF-8' >/etc/default/locale
  printf 'echo "Willkommen auf $(hostname)"\numask 077\n' >"$home/.zshenv"
  sed -i '1i echo "Willkommen auf $(hostname)"' "$home/.bashrc"
  printf 'Gr\374\337e vom Rack\n' >/etc/motd
  usermod --shell /usr/bin/zsh "$user"
  chown "$user:" "$home/.zshenv"
}

files() {
  printf 'a\0b\r\nno end' >/etc/odd.conf
  ln -s /run/odd/stub /etc/dangling.conf
  mkdir -p "/srv/with space" "/srv/-dash" '/srv/it'"'"'s "quoted"' "/srv/two
lines"
  install -d -m 0775 -o 472 -g 472 /srv/472
  setfacl -m u:anna:r /etc/odd.conf
  printf '# kept by hand\n10.9.8.7\tprinter  # no end' >>/etc/hosts
}

access() {
  install -d -m 0700 -o "$user" -g crew "$home/.ssh" "$home/dot"
  printf '\n# by hand\r\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFVua25vd25LZXlPZlNvbWVib2R5RWxzZUhlcmU old@laptop' >>"$home/.ssh/authorized_keys"
  mv "$home/.ssh/authorized_keys" "$home/dot/keys"
  ln -s ../dot/keys "$home/.ssh/authorized_keys"
  printf 'Host *\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n' >"$home/.ssh/config"
  chown -h "$user:" "$home/.ssh/authorized_keys" "$home/.ssh/config" "$home/dot/keys"
  chmod 0600 "$home/dot/keys" "$home/.ssh/config"
  printf 'ClientAliveInterval 120\nX11Forwarding no\n' >/etc/ssh/sshd_config.d/50-own.conf
  printf 'Defaults:%s timestamp_timeout=0\n' "$user" >/etc/sudoers.d/zz-own
  chmod 0440 /etc/sudoers.d/zz-own
}

kernel() {
  printf 'net.ipv4.ip_local_port_range = 20000 60000\nnet.core.somaxconn=1024\n' >/etc/sysctl.d/85-own.conf
  sysctl -q -p /etc/sysctl.d/85-own.conf
  printf '* soft nofile 2048\n' >/etc/security/limits.d/85-own.conf
  cat >/usr/local/sbin/own-firewall <<'END'
#!/bin/sh
iptables -A INPUT -p tcp --dport 9 -m comment --comment "no DOCKER LAN here" -j REJECT
iptables -P FORWARD DROP
END
  chmod 755 /usr/local/sbin/own-firewall
  echo 0 >/proc/sys/net/ipv4/ip_forward
}

units() {
  printf '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\nAlias=alias-of-own.service\n' >/etc/systemd/system/own.service
  printf '[Service]\nExecStart=/bin/sleep %%i\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/own@.service
  printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/local/sbin/own-firewall\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/own-firewall.service
  systemctl daemon-reload
  systemctl --quiet enable --now own.service own@1000000.service own-firewall.service
  systemctl --quiet mask e2scrub_all.timer
}

packages
accounts
greetings
files
access
kernel
units
: >/usr/lib/minirack-lab/isOdd
