# shellcheck shell=sh disable=SC2016,SC2034,SC2154
# What every script on a node starts with. `$record` is the path of the setting's record without its ending;
# `$user` and `$home` are the user we log in as; `$made` lists the paths that we made and that go when empty.

set -eu
umask 022
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
records=/var/lib/minirack
made=$records/made
user=${SUDO_USER:-$(id -un)}
home=$(getent passwd "$user" | cut -d: -f6)

# hold_lifeline: whoever sent the script holds its stdin (fd 9) open. When that ends, the script has three seconds to
# come to its end; then its process group is ended. What runs as a transaction goes on under systemd.
hold_lifeline() {
  {
    trap '' TERM
    cat > /dev/null
    sleep 3
    kill -s TERM -- "-$$" # dash takes -- after -s alone
    sleep 2
    kill -s KILL -- "-$$"
  } <&9 > /dev/null 2>&1 &
  lifeline=$!
  trap 'kill -KILL "$lifeline" 2>/dev/null || true' EXIT
}

# stamp: the setting's record, and a word that is another one after each change; empty from the node's start to its first
stamp() { printf '%s\t%s\n' "$(cat "$record.json" 2>/dev/null)" "$(cat "/run/minirack/${record##*/}.turn" 2>/dev/null)"; }
take_turn() { lock_folder; cat /proc/sys/kernel/random/uuid > "/run/minirack/${record##*/}.turn"; }

# lock_folder: whoever can read a lock can hold it, so nobody but root may enter
lock_folder() { [ -d /run/minirack ] || mkdir -m 0700 /run/minirack 2> /dev/null || [ -d /run/minirack ]; }

# locked COMMAND...: alone among our scripts on this node, with a folder for records; for short work on what settings share
locked() {
  lock_folder
  (wait_for_lock; [ -d "$records" ] || mkdir -m 0700 "$records"; "$@") 8>> /run/minirack/made.lock
}
wait_for_lock() {
  flock -w "${lock_seconds:-600}" 8 ||
    { echo "expected the lock /run/minirack/made.lock within ${lock_seconds:-600} s, got another process that holds it; wait for that one, then run the command again" >&2; exit 1; }
}

# folder PATH [MODE OWNER]: makes it and what is missing above it, and notes what was made
folder() { [ -d "$1" ] || locked make_folder "$@"; }
make_folder() {
  [ -d "$1" ] && return 0
  make_folder "$(dirname "$1")"
  # five digits: not what a setgid folder above hands down
  in_hands "$1" "${3:--}" 'mkdir -m "$2" -- "$1"; [ -z "$3" ] || { chown -h -- "$3" "$1"; chmod -- "0$2" "$1"; }' "$1" "${2:-0755}" "${3:-}"
  note_made "$1"
}

# keep_note PATH: PATH.new becomes PATH. It is on the disk before what it is a note for is changed: the power may go.
keep_note() { sync -- "$1.new" && mv -f -- "$1.new" "$1"; }

# settle: what was done is on the disk before it is said to be done. What is written is synced where it is written; this is for
# names, modes and owners, which a file system keeps in their order.
settle() { sync -- "$records" 2> /dev/null || sync -- "${records%/*}"; }

note_made() {
  ! grep -qxF -e "$1" "$made" 2>/dev/null || return 0
  { { [ ! -e "$made" ] || cat "$made"; } && printf '%s\n' "$1"; } > "$made.new" || { rm -f "$made.new"; return 1; }
  keep_note "$made"
}

# set_folder PATH/ MODE OWNER: a link to a folder is no folder
set_folder() {
  folder "${1%/}" "$2" "$3"
  in_hands "${1%/}" "$3" '[ ! -L "$1" ] || { echo "expected $1 to be a folder, got a link; choose the path that it leads to, or put a folder there" >&2; exit 1; }
    chown -h -- "$3" "$1"; chmod -- "0$2" "$1"' "${1%/}" "$2" "$3"
}

# drop_folder PATH/: what others put into it stays, and it with that; it is noted as ours and goes when it is empty
drop_folder() {
  in_hands "${1%/}" - '[ -L "$1" ] || [ ! -d "$1" ] || rmdir -- "$1" 2>/dev/null' "${1%/}" ||
    tell "${1%/} stays: it is not empty; remove it with what is in it, or leave it"
}

# tell SENTENCE: to the user who waits for this command, as a warning
tell() { printf 'minirack: %s\n' "$1" >&2; }

# put PATH MODE OWNER CONTENT: beside, synced, renamed. The name beside is the same each time: what a killed script left
# there is removed, and what a full disk cut short too.
put() { locked put_file "$@"; }
put_file() {
  make_folder "$(dirname "$1")"
  printf %s "$4" | in_hands "$1" "$3" '
    umask 077; set -C # nobody lays another file under the name
    beside=${1%/*}/.minirack.${1##*/}
    rm -f -- "$beside"
    { cat > "$beside" && chown -h -- "$3" "$beside" && chmod -- "$2" "$beside" && sync -- "$beside" && mv -fT -- "$beside" "$1"; } ||
      { rm -f -- "$beside"; exit 1; }' "$1" "$2" "$3"
}

# remove_file PATH
remove_file() { in_hands "$1" - 'rm -f -- "$1"' "$1"; }

# show_line PATH MARK: the lines that end in MARK, of the first 4 MiB; a pipe in the file's place has none
show_line() {
  in_hands "$1" - '[ ! -e "$1" ] || timeout 20 dd if="$1" iflag=nonblock,fullblock bs=1M count=4 status=none 2>/dev/null || true' "$1" |
    mark=$2 awk '{ n = length($0) - length(ENVIRON["mark"]); if (n >= 0 && substr($0, n + 1) == ENVIRON["mark"]) print }'
}

# set_line PATH MARK [LINE]: in place of the lines that end in MARK, of a file of the user's. It comes first: without it the
# file is as it was, to the end of its last line. A link of theirs to another file of theirs is followed.
set_line() { locked set_file_line "$user:" "$@"; }
set_file_line() {
  [ -e "$2" ] || [ $# -lt 4 ] || note_made "$2"
  followed=$(followed_link "$2")
  in_hands "$followed" "$1" '
    umask 077
    [ -e "$2" ] || [ -L "$2" ] || { [ -n "$4" ] || exit 0; : > "$2"; chown -h -- "$1" "$2"; }
    file=$(readlink -e -- "$2") && [ -f "$file" ] && [ -O "$file" -o "$(id -u)" -eq 0 ] ||
      { echo "expected $2 to be a file of ${1%%:*}, got $(if [ -L "$2" ]; then echo "a link to $(readlink -- "$2")"; else stat -c "a %F of %U" -- "$2"; fi); put a file of theirs there" >&2; exit 1; }
    beside=${file%/*}/.minirack.${file##*/}
    pattern=$(printf %s "$3" | sed "s,[][\\.*^\$/],\\\\&,g")
    rm -f -- "$beside"
    { cp -p -- "$file" "$beside" && { [ -z "$4" ] || printf "%s\n" "$4"; sed "/$pattern\$/d" -- "$file"; } > "$beside" &&
      sync -- "$beside" && mv -fT -- "$beside" "$file"; } || { rm -f -- "$beside"; exit 1; }' "$1" "$followed" "$3" "${4:-}"
}
# followed_link PATH: where root itself may follow a link, as nobody else can write there
followed_link() {
  [ ! -L "$1" ] || [ -n "$(open_folder "$1")" ] || { readlink -e -- "$1"; return; }
  printf '%s\n' "$1"
}

# show PATH [OWNER]: one line for a file: path, mode, owner, content in base64; of a large one its size and SHA-256; what a link
# leads to; nothing when it is not there. OWNER is how the owner is wanted.
show() {
  facts=$(in_hands "$1" - '
    [ -e "$1" ] || [ -L "$1" ] || exit 0
    stat -c "%F	%04a	%u	%g	%U	%G	%s" -- "$1"
    [ ! -L "$1" ] || { readlink -n -- "$1" | base64 -w0; exit 0; }
    [ -f "$1" ] || exit 0
    size=$(stat -c %s -- "$1")
    read_it() { dd if="$1" iflag=nofollow,nonblock,fullblock bs=64k count="$2" status=none 2>/dev/null || true; }
    if [ "$size" -le 16384 ]; then read_it "$1" 1 | base64 -w0; else read_it "$1" 16384 | sha256sum | cut -d" " -f1; fi' "$1")
  [ -z "$facts" ] || printf '%s\n' "$facts" | {
    IFS=$tab read -r kind mode uid gid file_user group size
    read -r content || true
    case $kind in
      'regular file' | 'regular empty file')
        printf '%s\t%s %s\t' "$1" "$mode" "$(owner_told "$uid" "$gid" "$file_user" "$group" "${2:-}")"
        if [ "$size" -le 16384 ]; then printf '%s\n' "$content"; else printf '\t%s\t%s\n' "$size" "$content"; fi ;;
      'symbolic link') printf '%s\t%s %s\t\tlink\t%s\n' "$1" "$mode" "$(owner_told "$uid" "$gid" "$file_user" "$group" "${2:-}")" "$content" ;;
      *) printf '%s\t%s\t\n' "$1" "$kind" ;;
    esac
  }
}

# folder_facts PATH/ [OWNER]: one line for a folder: path, mode, owner; what stands in its place
folder_facts() {
  facts=$(in_hands "${1%/}" - 'stat -c "%F	%04a	%u	%g	%U	%G" -- "$1" 2>/dev/null || true' "${1%/}")
  [ -z "$facts" ] || printf '%s\n' "$facts" | {
    IFS=$tab read -r kind mode uid gid file_user group
    if [ "$kind" = directory ]; then printf '%s\tfolder\t%s\t%s\n' "$1" "$mode" "$(owner_told "$uid" "$gid" "$file_user" "$group" "${2:-}")"
    else printf '%s\t%s\n' "$1" "$kind"; fi
  }
}

# transaction NAME SECONDS COMMAND...: under systemd, so that what must not be cut short outlives us; apt reads no list where
# its temporary files find no room, as /tmp may have none
transaction() {
  unit=minirack-$1; seconds=$2; log=/run/$unit.log; shift 2
  waited=0
  while systemctl is-active --quiet "$unit.service"; do
    [ "$waited" -lt "$seconds" ] || { echo "$unit.service still runs after $seconds s" >&2; exit 1; }
    sleep 1; waited=$((waited + 1))
  done
  systemctl reset-failed "$unit.service" 2>/dev/null || true
  : > "$log"
  systemd-run --quiet --collect --wait --unit="$unit" --property=StandardOutput="append:$log" \
    --property=StandardError="append:$log" \
    --property=Environment='DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 NEEDRESTART_SUSPEND=1 TMPDIR=/var/tmp' -- "$@" ||
    { tail -n 6 "$log" >&2; return 1; }
}

# sudo leaves a file in the home of a user who uses it for the first time: ours to remove when the last record goes, and
# after a look at a node that has none. A look may forget the note while a change begins: so that writes it again.
note_first_sudo() { [ -z "${first_sudo:-}" ] || [ -e "$records/firstSudo" ] || : > "$records/firstSudo"; }
forget_first_sudo() {
  [ -e "$records/firstSudo" ] || return 0
  for record_left in "$records"/*.json; do [ ! -e "$record_left" ] || return 0; done
  rm -f "$home/.sudo_as_admin_successful" "$records/firstSudo"
}
looked() {
  [ -n "${first_sudo:-}" ] || return 0
  # After the last record has gone a look uses sudo once more. A disk that takes nothing keeps no look from its end.
  ([ -d "$records" ] || mkdir -m 0700 "$records"; note_first_sudo) 2>/dev/null || :
  forget_first_sudo
  rmdir --ignore-fail-on-non-empty "$records" 2>/dev/null || true
}

# A folder that is wanted itself stays when it is empty: its path with a slash is in a record of files, or it is a home.
is_wanted_folder() {
  grep -qsF -e "\"$1/\":" "$records"/files.json "$records"/files.*.json || getent passwd | cut -d: -f6 | grep -qxF -e "$1"
}

remove_empty() {
  in_hands "$1" - '[ -L "$1" ] || [ ! -d "$1" ] || rmdir --ignore-fail-on-non-empty -- "$1" 2>/dev/null || [ ! -e "$1" ]' "$1"
}

# remove_if_empty PATH: whoever's folder it lies in cannot make us fail
remove_if_empty() {
  in_hands "$1" - 'if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir --ignore-fail-on-non-empty -- "$1"
    elif [ -f "$1" ] && [ ! -s "$1" ]; then rm -f -- "$1"; fi' "$1" 2>/dev/null || true
}

# unmake: removes the paths that we made and that are empty now, deepest first
unmake() {
  drop_originals
  [ -e "${record:-none}.json" ] || rm -f "${record:-none}".*.new # notes whose writing was cut short
  locked restart_due
  locked remove_made
}
remove_made() {
  touch "$made"
  sort -r "$made" | while IFS= read -r path; do
    is_wanted_folder "$path" || remove_if_empty "$path"
    [ ! -e "$path" ] || printf '%s\n' "$path"
  done | sort > "$made.new"
  if [ -s "$made.new" ]; then keep_note "$made"; else rm -f "$made.new" "$made"; fi
  forget_first_sudo
  rmdir --ignore-fail-on-non-empty "$records"
}

# trust_authorities: Debian's tool takes all links away first and ends half-way where its temporary folder is full: /run is root's
trust_authorities() { TMPDIR=/run update-ca-certificates --fresh; }
