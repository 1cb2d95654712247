# shellcheck shell=sh disable=SC2154 # $record is set by each script
# Links under systemd-networkd. `$record.networkd` says how it was before us, where it did not run: it is stopped again when
# the last link goes. It manages no interface but those that a .network file names.

networkd_file() { echo "/etc/systemd/network/10-minirack-$1.network"; }
networkd_text() {
  cat << TEXT
# minirack: the address for training traffic
[Match]
Name=$1

[Network]
Address=$2
LinkLocalAddressing=no
KeepConfiguration=yes
ConfigureWithoutCarrier=yes
TEXT
}
networkd_runs() { systemctl is-active --quiet systemd-networkd.service; }
networkd_manages() { networkd_runs && case $(networkctl list --no-legend --no-pager "$1" | awk '{ print $5 }') in '' | unmanaged) false ;; esac; }

# A file for many interfaces (Name=en*) is no configuration of this one: ours goes before it.
networkd_others() {
  for file in /etc/systemd/network/*.network /run/systemd/network/*.network /usr/lib/systemd/network/*.network; do
    case $file in *'/*.network' | "$(networkd_file "$1")") continue ;; esac
    name=$1 hardware=$(cat "/sys/class/net/$1/address") awk -F '[= \t]+' '
      /^\[/ { section = $1 }
      section == "[Match]" && /^(Name|MACAddress|PermanentMACAddress)=/ {
        for (i = 2; i <= NF; i++) if ($i == ENVIRON["name"] || tolower($i) == ENVIRON["hardware"]) print FILENAME ":" FNR
      }' "$file"
  done
}

networkd_keep() {
  if ! networkd_runs || ! systemctl is-enabled --quiet systemd-networkd.service; then
    networkd_note
    systemctl enable --quiet systemd-networkd.service
    systemctl disable --quiet systemd-networkd-wait-online.service
    systemctl start systemd-networkd.service
  fi
  networkd_apply "$1" "$2"
}

# networkd_note: how it was; refuses to start it where it would take up what others wrote for it and left aside
networkd_note() {
  [ ! -e "$record.networkd" ] || return 0
  networkd_runs || for file in /etc/systemd/network/*.network /run/systemd/network/*.network; do
    case $file in *'/*.network' | */10-minirack-*) continue ;; esac
    interface=${file##*/10-netplan-}
    [ ! -e "$(netplan_file "${interface%.network}")" ] || continue
    echo "systemd-networkd does not run here, and would take up $file with our link; start it (systemctl enable --now systemd-networkd) or move the file away" >&2
    return 1
  done
  was=$(systemctl is-enabled systemd-networkd.service 2>/dev/null || true)
  printf '%s\n' "${was:-disabled} $(systemctl is-active systemd-networkd.service || true)" > "$record.networkd.new"
  keep_note "$record.networkd"
}

# The address is dropped first: networkd drops and adds it again, so that one which is there may be the old one still.
networkd_apply() {
  ip link set "$1" up
  drop_address "$1" "$2"
  networkctl reload
  waited=0
  until ip -4 -o address show dev "$1" | grep -qwF "$2"; do
    [ "$waited" -ne 30 ] || networkctl reconfigure "$1"
    [ "$waited" -lt 150 ] || { networkctl status "$1" >&2; return 1; }
    sleep 0.1; waited=$((waited + 1))
  done
}

networkd_drop() {
  rm -f "$(networkd_file "$1")"
  networkd_release
}
networkd_release() {
  ! networkd_runs || networkctl reload
  for file in /etc/systemd/network/10-minirack-*.network /etc/netplan/90-minirack-*.yaml; do [ ! -e "$file" ] || return 0; done
  [ -e "$record.networkd" ] || return 0
  read -r was ran < "$record.networkd"
  [ "$was" = enabled ] || systemctl disable --quiet systemd-networkd.service
  [ "$ran" = active ] || systemctl stop systemd-networkd.socket systemd-networkd.service systemd-network-generator.service
  rm -f "$record.networkd" "$record.networkd.new"
}
