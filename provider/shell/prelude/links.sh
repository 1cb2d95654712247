# shellcheck shell=sh disable=SC2154 # $record is set by each script
# Static addresses of links, each kept by whoever manages the interface: networkd, netplan or networkManager. A keeper has
# KEEPER_file IF, KEEPER_text IF ADDRESS, KEEPER_others IF (FILE:LINE where somebody else configures it), KEEPER_keep IF
# ADDRESS and KEEPER_drop IF. `$record.IF.keeper` says who keeps which address for us.

# link_keeper IF: who is to keep its address; where nobody manages it, networkd is started for it
link_keeper() {
  if netplan_is_used; then echo netplan
  elif networkd_manages "$1"; then echo networkd
  elif networkManager_manages "$1"; then echo networkManager
  else echo networkd; fi
}

# link_others IF KEEPER: the first place where somebody else configures the interface
link_others() { { ifupdown_others "$1"; "$2_others" "$1"; } | head -n 1; }

# ifupdown has one file for all, and takes addresses of no other: what it configures is left to it.
ifupdown_others() {
  command -v ifup > /dev/null || return 0
  set -- "$1" /etc/network/interfaces /etc/network/interfaces.d/*
  name=$1; shift
  for file in "$@"; do
    [ ! -f "$file" ] || name=$name awk '$1 == "iface" && $2 == ENVIRON["name"] { print FILENAME ":" FNR }' "$file"
  done
}

# link_show IF: interface, who keeps which address for us, the address that our file keeps, those that it has, others
link_show() {
  [ -e "/sys/class/net/$1" ] || { echo "no interface $1; there are: $(cd /sys/class/net && echo *)" >&2; return 1; }
  keeper=$(link_keeper "$1")
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$(link_held "$1")" "$(link_kept "$1" "$keeper")" \
    "$(ip -4 -o address show dev "$1" scope global | awk '{ printf "%s ", $4 }')" "$(link_others "$1" "$keeper")"
}
link_held() { cat "$record.$1.keeper" 2>/dev/null || true; }
link_address() { grep -oE '([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}' "$1" 2>/dev/null | head -n 1; }
link_mode() { case $1 in networkd) echo 0644 ;; *) echo 0600 ;; esac; }

# link_kept IF KEEPER: the address in our file, where that is as we write it
link_kept() {
  file=$("$2_file" "$1")
  address=$(link_address "$file")
  [ -n "$address" ] && [ "$(cat "$file")" = "$("$2_text" "$1" "$address")" ] || return 0
  [ "$(stat -c '%04a %U' "$file")" = "$(link_mode "$2") root" ] || return 0
  [ "$2" != networkManager ] || [ -e "$(networkManager_carrier_file "$1")" ] || return 0
  echo "$address"
}

# link_unused IF: there is no file yet where we would write it
link_unused() { expect_unused "$("$(link_keeper "$1")_file" "$1")"; }

# link_keep IF ADDRESS
link_keep() {
  keeper=$(link_keeper "$1")
  others=$(link_others "$1" "$keeper")
  [ -z "$others" ] || {
    line=$(sed -n "${others##*:}p" "${others%:*}" | sed 's/^ *//')
    echo "expected nobody else to configure $1, got $others ($line); take $1 out there, or give it its address there and leave linkAddress out" >&2
    return 1
  }
  held=$(link_held "$1")
  case $held in '' | "$keeper $2") ;; "$keeper "*) drop_address "$1" "${held#* }" ;; *) link_drop "$1" ;; esac
  printf '%s\n' "$keeper $2" > "$record.$1.keeper.new"
  keep_note "$record.$1.keeper"
  keep_interface "$1"
  put "$("${keeper}_file" "$1")" "$(link_mode "$keeper")" root:root "$("${keeper}_text" "$1" "$2")
"
  "${keeper}_keep" "$1" "$2"
}

# link_drop IF: the record goes last, so that what was cut short is done again
link_drop() {
  held=$(link_held "$1")
  [ -n "$held" ] || held="networkd $(link_address "$(networkd_file "$1")")"
  "${held%% *}_drop" "$1"
  drop_address "$1" "${held#* }"
  restore_interface "$1"
  rm -f "$record.$1.sysctl.new" "$record.$1.keeper" "$record.$1.keeper.new"
}

drop_address() { ip -4 address del "$2" dev "$1" 2>/dev/null || true; }

# Each keeper sets the interface's kernel settings its own way, and takes it up; keep_interface notes how it was,
# restore_interface puts that back
keep_interface() {
  [ ! -e "$record.$1.sysctl" ] || return 0
  for setting in /proc/sys/net/ipv[46]/conf/"$1"/*; do
    ! value=$(cat "$setting" 2>/dev/null) || printf '%s %s\n' "$setting" "$value"
  done > "$record.$1.sysctl.new"
  is_link_up "$1" || echo 'link down' >> "$record.$1.sysctl.new"
  keep_note "$record.$1.sysctl"
}
restore_interface() {
  [ -e "$record.$1.sysctl" ] || return 0
  while read -r setting value; do
    [ "$setting" != link ] || { is_link_free "$1" && ip link set "$1" down; continue; }
    [ "$(cat "$setting" 2>/dev/null)" = "$value" ] || printf '%s' "$value" > "$setting" || true
  done < "$record.$1.sysctl"
  rm -f "$record.$1.sysctl"
}
is_link_up() { [ $(($(cat "/sys/class/net/$1/flags") & 1)) -eq 1 ]; }
# is_link_free IF: whether nobody has given it an address since
is_link_free() { [ -z "$(ip -o address show dev "$1" scope global)" ]; }
