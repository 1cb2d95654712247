# shellcheck shell=sh
# Links under NetworkManager: a profile of our own, and a second file that keeps its address while the cable is out.

networkManager_file() { echo "/etc/NetworkManager/system-connections/minirack-$1.nmconnection"; }
networkManager_text() {
  cat << TEXT
# minirack: the address for training traffic
[connection]
id=minirack-$1
type=ethernet
interface-name=$1
autoconnect-priority=100

[ipv4]
method=manual
address1=$2
never-default=true

[ipv6]
method=disabled
TEXT
}
networkManager_carrier_file() { echo "/etc/NetworkManager/conf.d/90-minirack-$1.conf"; }

# Enabled but not running counts: it will be back.
networkManager_manages() {
  command -v nmcli > /dev/null || return 1
  systemctl is-active --quiet NetworkManager.service || { systemctl is-enabled --quiet NetworkManager.service 2>/dev/null; return; }
  case $(nmcli -g GENERAL.STATE device show "$1") in '10 '*) return 1 ;; esac
}

# What NetworkManager makes by itself ("Wired connection 1") is nobody's wish.
networkManager_others() {
  for folder in /etc /run /usr/lib; do
    for file in "$folder"/NetworkManager/system-connections/*; do
      case $file in *'/*' | "$(networkManager_file "$1")" | "$(netplan_profile "$1")") continue ;; esac
      ! grep -qx nm-generated=true "$file" || continue
      grep -niFx -e "interface-name=$1" -e "mac-address=$(cat "/sys/class/net/$1/address")" "$file" | sed "s|:.*||; s|^|$file:|"
    done
  done
}

networkManager_keep() {
  put "$(networkManager_carrier_file "$1")" 0644 root:root "# minirack: the address stays while the cable is out
[device-minirack-$1]
match-device=interface-name:$1
ignore-carrier=yes
"
  nmcli general reload conf
  networkManager_up "$(networkManager_file "$1")" "minirack-$1"
}
networkManager_up() {
  nmcli connection load "$1"
  nmcli --wait 15 connection up id "$2" > /dev/null
}

networkManager_drop() {
  rm -f "$(networkManager_file "$1")" "$(networkManager_carrier_file "$1")"
  ! systemctl is-active --quiet NetworkManager.service || nmcli general reload conf
  networkManager_down "$1" "minirack-$1"
}

# networkManager_down IF PROFILE: once the profile's file is gone
networkManager_down() {
  systemctl is-active --quiet NetworkManager.service || return 0
  nmcli connection reload
  waited=0
  while [ "$(nmcli -g GENERAL.CONNECTION device show "$1")" = "$2" ]; do
    [ "$waited" -lt 100 ] || { echo "NetworkManager does not let go of $1" >&2; return 1; }
    sleep 0.1; waited=$((waited + 1))
  done
}
