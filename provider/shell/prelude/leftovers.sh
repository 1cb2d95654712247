# shellcheck shell=sh disable=SC2154 # $record is set by each script
# What Debian's packages leave behind when they are purged. `$record.absent` lists what of it was not there before we
# brought the package, and goes with it.

left_behind() {
  cat << 'TABLE'
docker.io path /etc/docker
docker.io path /var/lib/docker
docker.io group docker
docker.io link docker0
docker.io rules DOCKER
containerd path /etc/cni
containerd path /var/lib/containerd
libibverbs1 group rdma
TABLE
}

# is_left KIND NAME
is_left() {
  case $1 in
    path) if mountpoint -q "$2"; then [ -n "$(find "$2" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; else [ -e "$2" ]; fi ;;
    group) getent group "$2" > /dev/null ;;
    link) [ -e "/sys/class/net/$2" ] ;;
    rules) command -v iptables-save > /dev/null && iptables-save | grep -qE "$2( |-|\$)" ;;
  esac
}

# as_it_was KIND NAME: what is noted of it; of an empty disk that is mounted there its mode and owner
as_it_was() {
  if [ "$1" = path ] && mountpoint -q "$2"; then stat -c 'disk %a,%u:%g,%n' "$2"; else echo "$1 $2"; fi
}

# note_absent PACKAGE...: those that are about to come
note_absent() {
  [ $# -gt 0 ] || return 0
  keep_copies
  touch "$record.absent"
  left_behind | while read -r package kind name; do
    case " $* " in *" $package "*) is_left "$kind" "$name" || echo "$package $(as_it_was "$kind" "$name")" ;; esac
  done | sort -u - "$record.absent" > "$record.absent.new"
  mv -f "$record.absent.new" "$record.absent"
}

# stop_left PACKAGE...: what of packages that are about to go their purge would let run on
stop_left() {
  [ $# -eq 0 ] || dpkg -L "$@" 2>/dev/null | sed -n 's,^.*/systemd/system/\([^/@]*\.[a-z]*\)$,\1,p' | xargs -r systemctl stop 2>/dev/null || true
  case " $* " in *" docker.io "*) ! grep -qs '^docker.io rules' "$record.absent" || drop_docker_rules ;; esac
}

# Docker's chains, and its refusal to forward what it does not know. It must not be there to write them again.
drop_docker_rules() {
  systemctl stop docker.socket docker.service 2>/dev/null || true
  for family in iptables ip6tables; do
    command -v "$family-save" > /dev/null || continue
    "$family-save" | grep -vE 'docker0|DOCKER( |-|$)' | sed 's/^:FORWARD DROP/:FORWARD ACCEPT/' | "$family-restore" || true
  done
}

# clean_left: what the packages left that are gone
clean_left() {
  [ -e "$record.absent" ] || return 0
  while read -r package kind name; do
    if dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q -e '^installed' -e '^config-files'; then
      echo "$package $kind $name"
    else remove_left "$kind" "$name" >&2; fi
  done < "$record.absent" > "$record.absent.new"
  mv -f "$record.absent.new" "$record.absent"
  [ -e "$record.added" ] || { rm -f "$record.absent"; put_copies_back; }
}
remove_left() {
  case $1 in
    path) rm -rf --one-file-system "$2" ;;
    disk) empty_disk "$2" ;;
    group) ! is_left group "$2" || groupdel "$2" ;;
    link) ! is_left link "$2" || ip link delete "$2" ;;
  esac
}

# empty_disk MODE,USER:GROUP,PATH: the disk is there for good, what was put on it goes
empty_disk() {
  disk=${1#*,*,} owner=${1#*,}
  find "$disk" -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf --one-file-system {} +
  chown "${owner%%,*}" "$disk" && chmod "${1%%,*}" "$disk"
}

# useradd and groupadd leave what these files held before, as passwd- beside passwd. Packages and accounts both have them
# do so: the copies from before either are kept, and go with the last of the two records.
copies=$records/copies
copied='passwd group shadow gshadow subuid subgid'
keep_copies() {
  [ ! -d "$copies" ] || return 0
  rm -rf "$copies.new"
  mkdir -m 0700 "$copies.new"
  for one in $copied; do [ ! -e "/etc/$one-" ] || cp -p "/etc/$one-" "$copies.new/$one"; done
  mv "$copies.new" "$copies"
}
put_copies_back() {
  case ${record##*/} in packages | accounts) [ -d "$copies" ] || return 0 ;; *) return 0 ;; esac
  for one in $copied; do
    if [ -e "$copies/$one" ]; then cp -p "$copies/$one" "/etc/$one-"; else rm -f "/etc/$one-"; fi
  done
  for one in packages accounts; do [ "$records/$one" = "$record" ] || [ ! -e "$records/$one.json" ] || return 0; done
  rm -rf "$copies"
}
