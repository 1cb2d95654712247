# shellcheck shell=sh disable=SC2034,SC2154 # $record is set by each script
# What Debian's packages leave behind when they are purged. `$record.absent` lists what of it was not there before we
# brought the package, and goes with it.

left_behind() {
  cat << 'TABLE'
docker.io path /etc/docker
docker.io path /var/lib/docker
docker.io group docker
docker.io link docker0
docker.io user dockremap
docker.io group dockremap
docker.io rules DOCKER
containerd path /etc/cni
containerd path /var/lib/containerd
redis-server path /var/lib/redis
libibverbs1 group rdma
TABLE
}

# is_left KIND NAME
is_left() {
  case $1 in
    path) if mountpoint -q "$2"; then [ -n "$(find "$2" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; else [ -e "$2" ]; fi ;;
    group) getent group "$2" > /dev/null ;;
    user) getent passwd "$2" > /dev/null ;;
    link) [ -e "/sys/class/net/$2" ] ;;
    *) return 1 ;;
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
  case " $* " in *" docker.io "*) note_forwarding ;; esac
  case " $* " in *" redis-server "*) keep_data /var/lib/redis ;; esac
  touch "$record.absent"
  left_behind | while read -r package kind name; do
    case " $* " in *" $package "*) is_left "$kind" "$name" || echo "$package $(as_it_was "$kind" "$name")" ;; esac
  done | sort -u - "$record.absent" > "$record.absent.new"
  keep_note "$record.absent"
}

# stop_left PACKAGE...: what of packages that are about to go their purge would let run on
stop_left() {
  [ $# -gt 0 ] || return 0
  case " $* " in *" docker.io "*) networks=$(docker_networks 2>/dev/null); bridges=$(docker_bridges | sort -u) ;; esac
  dpkg -L "$@" 2>/dev/null | sed -n 's,^.*/systemd/system/\([^/@]*\.[a-z]*\)$,\1,p' | xargs -r systemctl stop 2>/dev/null || true
  case " $* " in *" docker.io "*) ! grep -qs '^docker.io rules' "$record.absent" || drop_forwarding ;; esac
}

# clean_left: what the packages left that are gone; what another engine works with stays
clean_left() {
  put_data_back /var/lib/redis redis-server
  [ -e "$record.absent" ] || return 0
  engine=$(other_engine) staying=
  while read -r package kind name; do
    if is_here "$package"; then
      echo "$package $kind $name"
    elif [ -n "$engine" ] && is_of_engine "$package"; then
      [ "$kind" = rules ] || ! is_left "$kind" "$name" || staying="$staying $name"
    else remove_left "$kind" "$name" >&2; fi
  done < "$record.absent" > "$record.absent.new"
  keep_note "$record.absent"
  [ -z "$staying" ] || tell "$engine took the place of docker.io:$staying stay for it"
  [ -e "$record.added" ] || { rm -f "$record.absent" "$record.configured" "$record.forwarding"; put_copies_back; }
}

# is_here PACKAGE: of one that was removed before us, and its configuration kept, that is not enough
is_here() {
  case $(package_state "$1") in
    installed) ;;
    config-files) ! was_configured "$1" ;;
    *) return 1 ;;
  esac
}

# other_engine: a Docker engine that is not Debian's docker.io, by its package or its program
other_engine() {
  dpkg-query -W -f='${Package} ${db:Status-Status}\n' docker-ce moby-engine docker.io 2>/dev/null |
    awk '$2 == "installed" { print $1; exit }' | grep . || command -v dockerd || true
}
is_of_engine() { case $1 in docker.io | containerd | runc) ;; *) return 1 ;; esac; }

remove_left() {
  case $1 in
    path) rm -rf --one-file-system "$2" ;;
    disk) empty_disk "$2" ;;
    user) ! is_left user "$2" || userdel "$2" 2>/dev/null ;;
    group) ! is_left group "$2" || groupdel "$2" ;;
    link) ! is_left link "$2" || ip link delete "$2" ;;
  esac
}

# keep_data PATH: a copy of what is there before a program works with it, beside the records; put_data_back PATH PACKAGE: in
# its place again, once that package no longer works there
data=$records/data
keep_data() {
  [ -d "$1" ] && [ ! -e "$data$1" ] || return 0
  (umask 077; mkdir -p "$data$(dirname "$1")")
  rm -rf "$data$1.new"
  cp -a --reflink=auto "$1" "$data$1.new" || { rm -rf "$data$1.new"; return 1; }
  sync -f -- "$data$1.new"; mv "$data$1.new" "$data$1"
}
put_data_back() {
  [ -d "$data$1" ] && [ "$(package_state "$2")" != installed ] || return 0
  rm -rf --one-file-system "$1.minirack"
  cp -a --reflink=auto "$data$1" "$1.minirack"
  rm -rf --one-file-system "$1"
  sync -f -- "$1.minirack"
  mv "$1.minirack" "$1"
  rm -rf "$data"
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
  find "$copies.new" -type f -exec sync -- {} +
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
