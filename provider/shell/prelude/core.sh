# shellcheck shell=sh disable=SC2034,SC2154
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
    { echo "expected the lock /run/minirack/made.lock within ${lock_seconds:-600} s, got another process that holds it" >&2; exit 1; }
}

# folder PATH [MODE OWNER]: makes it and what is missing above it, and notes what was made
folder() { [ -d "$1" ] || locked make_folder "$@"; }
make_folder() {
  [ -d "$1" ] && return 0
  make_folder "$(dirname "$1")"
  mkdir -m "${2:-0755}" "$1"
  [ -z "${3:-}" ] || { chown "$3" "$1"; chmod "0$2" "$1"; } # five digits: not what a setgid folder above hands down
  note_made "$1"
}

note_made() {
  ! grep -qxF -e "$1" "$made" 2>/dev/null || return 0
  { { [ ! -e "$made" ] || cat "$made"; } && printf '%s\n' "$1"; } > "$made.new" || { rm -f "$made.new"; return 1; }
  sync "$made.new"
  mv -f "$made.new" "$made"
}

# set_folder PATH/ MODE OWNER
set_folder() { folder "${1%/}"; chown "$3" "$1"; chmod "0$2" "$1"; }

# drop_folder PATH/: what others put into it stays, and it with that; it is noted as ours and goes when it is empty
drop_folder() { [ ! -d "$1" ] || rmdir "$1" 2>/dev/null || tell "${1%/} stays: it is not empty; remove it with what is in it, or leave it"; }

# tell SENTENCE: to the user who waits for this command, as a warning
tell() { printf 'minirack: %s\n' "$1" >&2; }

# put PATH MODE OWNER CONTENT: beside, synced, renamed. The name beside is the same each time: what a killed script left
# there is written over, and what a full disk cut short is removed.
put() { locked put_file "$@"; }
put_file() {
  make_folder "$(dirname "$1")"
  beside=$(dirname "$1")/.minirack.$(basename "$1")
  { (umask 077; printf %s "$4" > "$beside") && chown "$3" "$beside" && chmod "$2" "$beside" && sync "$beside" && mv -f "$beside" "$1"; } ||
    { rm -f "$beside"; return 1; }
}

# keep_lines FILE MARK: the lines that do not end in MARK; show_line: those that do
keep_lines() { mark=$2 awk '{ n = length($0) - length(ENVIRON["mark"]); if (!(n >= 0 && substr($0, n + 1) == ENVIRON["mark"])) print }' "$1"; }
show_line() {
  [ ! -e "$1" ] || mark=$2 awk '{ n = length($0) - length(ENVIRON["mark"]); if (n >= 0 && substr($0, n + 1) == ENVIRON["mark"]) print }' "$1"
}

# set_line PATH MARK [LINE]: replaces the lines that end in MARK; keeps the file's mode and owner
set_line() { locked set_file_line "$@"; }
set_file_line() {
  if [ ! -e "$1" ]; then
    [ $# -eq 3 ] || return 0
    note_made "$1"
    : > "$1"
    chown "$user:" "$1"
    chmod 0600 "$1"
  fi
  beside=$(dirname "$1")/.minirack.$(basename "$1")
  { cp -p "$1" "$beside" && lines_with "$@" > "$beside" && sync "$beside" && mv -f "$beside" "$1"; } ||
    { rm -f "$beside"; return 1; }
}
lines_with() { keep_lines "$1" "$2" && { [ $# -lt 3 ] || printf '%s\n' "$3"; }; }

# show PATH: one line for a file: path, mode, owner, content in base64; nothing when it is not there
show() {
  if [ -f "$1" ]; then
    printf '%s\t%s\t%s\n' "$1" "$(stat -L -c '%04a %U:%G' "$1")" "$(base64 -w0 < "$1")"
  elif [ -e "$1" ]; then
    printf '%s\t%s\t\n' "$1" "$(stat -c %F "$1")"
  fi
}

# folder_facts PATH/: one line for a folder: path, mode, owner; what stands in its place
folder_facts() {
  if [ -d "$1" ]; then printf '%s\tfolder\t%s\n' "$1" "$(stat -L -c '%04a	%U:%G' "$1")"
  elif [ -e "${1%/}" ]; then printf '%s\t%s\n' "$1" "$(stat -c %F "${1%/}")"; fi
}

# transaction NAME SECONDS COMMAND...: under systemd, so that what must not be cut short outlives us
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
    --property=Environment='DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 NEEDRESTART_SUSPEND=1' -- "$@" ||
    { tail -n 6 "$log" >&2; return 1; }
}

# sudo leaves a file in the home of a user who uses it for the first time: ours to remove when the last record goes, and
# after a look at a node that has none. A look may forget the note while a change begins: so that writes it again.
note_first_sudo() { [ -z "${first_sudo:-}" ] || : > "$records/firstSudo"; }
forget_first_sudo() {
  [ -e "$records/firstSudo" ] || return 0
  for record_left in "$records"/*.json; do [ ! -e "$record_left" ] || return 0; done
  rm -f "$home/.sudo_as_admin_successful" "$records/firstSudo"
}
looked() {
  [ -n "${first_sudo:-}" ] || return 0
  forget_first_sudo
  rmdir --ignore-fail-on-non-empty "$records" 2>/dev/null || true
}

# A folder that is wanted itself stays when it is empty: its path with a slash is in a record of files, or it is a home.
is_wanted_folder() {
  grep -qsF -e "\"$1/\":" "$records"/files.json "$records"/files.*.json || getent passwd | cut -d: -f6 | grep -qxF -e "$1"
}

remove_empty() { [ ! -d "$1" ] || rmdir --ignore-fail-on-non-empty "$1" || [ ! -e "$1" ]; }

# unmake: removes the paths that we made and that are empty now, deepest first
unmake() { locked remove_made; }
remove_made() {
  touch "$made"
  sort -r "$made" | while IFS= read -r path; do
    if [ -d "$path" ]; then is_wanted_folder "$path" || remove_empty "$path"
    elif [ -f "$path" ] && [ ! -s "$path" ]; then rm -f "$path"; fi
    [ ! -e "$path" ] || printf '%s\n' "$path"
  done | sort > "$made.new"
  if [ -s "$made.new" ]; then mv -f "$made.new" "$made"; else rm -f "$made.new" "$made"; fi
  forget_first_sudo
  rmdir --ignore-fail-on-non-empty "$records"
}
