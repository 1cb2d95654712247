# shellcheck shell=sh
# Links under netplan, whose other files say which renderer it has: systemd-networkd or NetworkManager. `netplan apply` would
# touch every interface; what it generates for ours is applied alone.

netplan_file() { echo "/etc/netplan/90-minirack-$1.yaml"; }
netplan_text() {
  cat << TEXT
# minirack: the address for training traffic
network:
  version: 2
  ethernets:
    $1:
      addresses: [$2]
      dhcp4: false
      dhcp6: false
      accept-ra: false
      link-local: []
      critical: true
      ignore-carrier: true
      optional: true
TEXT
}
netplan_others_files() {
  for file in /etc/netplan/*.yaml /run/netplan/*.yaml /usr/lib/netplan/*.yaml; do
    case $file in *'/*.yaml' | /etc/netplan/90-minirack-*) ;; *) printf '%s\n' "$file" ;; esac
  done
}
netplan_is_used() { command -v netplan > /dev/null && [ -n "$(netplan_others_files)" ]; }

netplan_others() {
  netplan_others_files | while IFS= read -r file; do
    sed 's/#.*//' "$file" | grep -nwiF -e "$1" -e "$(cat "/sys/class/net/$1/address")" | sed "s|:.*||; s|^|$file:|"
  done
}

netplan_keep() {
  netplan generate
  profile=$(netplan_profile "$1")
  if [ -e "$profile" ]; then networkManager_up "$profile" "netplan-$1"
  else
    networkd_runs || { networkd_note; systemctl start systemd-networkd.service; }
    networkd_apply "$1" "$2"
  fi
}
netplan_profile() { echo "/run/NetworkManager/system-connections/netplan-$1.nmconnection"; }

netplan_drop() {
  profile=$(netplan_profile "$1")
  isProfile=; [ ! -e "$profile" ] || isProfile=yes
  rm -f "$(netplan_file "$1")"
  netplan generate
  if [ -n "$isProfile" ]; then networkManager_down "$1" "netplan-$1"; else networkd_release; fi
}
