# shellcheck shell=sh disable=SC2154 # $record, $user and $home are set by core.sh and by each script
# systemd-networkd. `$record.networkd` says that it did not run before us: it is stopped again when the last link goes.

drop_address() { ip -4 address del "$2" dev "$1" 2>/dev/null || true; }

# networkd sets the interface's kernel settings its own way; keep_interface notes them, restore_interface puts them back
keep_interface() {
  [ ! -e "$record.$1.sysctl" ] || return 0
  for setting in /proc/sys/net/ipv[46]/conf/"$1"/*; do
    ! value=$(cat "$setting" 2>/dev/null) || printf '%s %s\n' "$setting" "$value"
  done > "$record.$1.sysctl.new"
  mv -f "$record.$1.sysctl.new" "$record.$1.sysctl"
}
restore_interface() {
  [ -e "$record.$1.sysctl" ] || return 0
  while read -r setting value; do
    [ "$(cat "$setting" 2>/dev/null)" = "$value" ] || printf '%s' "$value" > "$setting" || true
  done < "$record.$1.sysctl"
  rm -f "$record.$1.sysctl"
}

networkd_take() {
  systemctl is-enabled --quiet systemd-networkd.service && systemctl is-active --quiet systemd-networkd.service && return 0
  printf '%s\n' "$(systemctl is-enabled systemd-networkd.service 2>/dev/null || true)" > "$record.networkd"
  systemctl enable --quiet systemd-networkd.service
  systemctl disable --quiet systemd-networkd-wait-online.service
  systemctl restart systemd-networkd.service
  networkd_is_new=yes
}

# The address is dropped first: networkd drops and adds it again, so that one which is there may be the old one still.
networkd_apply() {
  wanted=$(sed -n 's/^Address=//p' "/etc/systemd/network/10-minirack-$1.network")
  ip link set "$1" up
  [ -n "${networkd_is_new:-}" ] || { drop_address "$1" "$wanted"; networkctl reload; }
  waited=0
  until ip -4 -o address show dev "$1" | grep -qwF "$wanted"; do
    [ "$waited" -ne 30 ] || networkctl reconfigure "$1"
    [ "$waited" -lt 150 ] || { networkctl status "$1" >&2; return 1; }
    sleep 0.1; waited=$((waited + 1))
  done
}

networkd_release() {
  if [ -e "$record.networkd" ]; then
    systemctl disable --quiet systemd-networkd.service
    systemctl stop systemd-networkd.socket systemd-networkd.service systemd-network-generator.service
    rm -f "$record.networkd"
  else networkctl reload; fi
}
