# shellcheck shell=sh disable=SC2154 # $records and $tab are set elsewhere
# Units of systemd.

# show_unit UNIT PATH...: unit, how it is enabled, its state, and those of the paths that changed since it started
show_unit() {
  unit=$1; shift
  enablement=$(systemctl is-enabled "$unit" 2>/dev/null) || true
  case $enablement in
    '' | not-found) return 0 ;;
    masked*) ! is_wanted "$unit" || enablement=masked-enabled ;;
  esac
  printf '%s\t%s\t%s' "$unit" "$enablement" "$(settled_state "$unit")"
  [ $# -eq 0 ] || newer_than_start "$unit" "$@"
  echo
}
# newer_than_start UNIT PATH...: those of the paths that changed since the unit started
newer_than_start() {
  started=$(systemctl show --value --timestamp=us+utc --property=InactiveExitTimestamp "$1"); shift
  started=$([ -z "$started" ] || date -d "$started" +%s%6N)
  for path in "$@"; do ! is_newer "$path" "${started:-0}" || printf '\t%s' "$path"; done
}
# is_wanted UNIT: whether it would start at boot, were it not masked
is_wanted() { [ -n "$(find /etc/systemd/system -path "*.wants/$1" -o -path "*.requires/$1")" ]; }
unit_state() { systemctl show --value --property=ActiveState "$1"; }

# The time of a file's inode: a package and cp -p give a changed file an old date. A file that is not there is to come.
is_newer() {
  changed=$(stat -L -c %.6Z "$1" 2>/dev/null) || return 0
  [ "$(echo "$changed" | tr -d .)" -gt "$2" ]
}

# settled_state UNIT: its state once it neither starts nor stops, after ten seconds at most; one that fails again and again does
# neither
settled_state() {
  waited=0
  while :; do
    states=$(systemctl show --property=ActiveState,SubState "$1")
    case $states in *SubState=start* | *SubState=stop* | *SubState=reload* | *SubState=final*) ;; *) break ;; esac
    [ "$waited" -lt 100 ] || break
    sleep 0.1; waited=$((waited + 1))
  done
  echo "$states" | sed -n 's/^ActiveState=//p'
}

need_unit() {
  systemctl daemon-reload
  case $(systemctl is-enabled "$1" 2>/dev/null || true) in
    '' | not-found)
      echo "expected a unit $1, got none; install the package that brings it, or write it: files: /etc/systemd/system/$1" >&2
      return 1 ;;
  esac
}

# need_schedule TIMER: its own file's times are systemd's; a wrong one systemd would only call a bad setting
need_schedule() {
  sed -n 's/^OnCalendar=//p' "/etc/systemd/system/$1" 2>/dev/null | while IFS= read -r schedule; do
    said=$(systemd-analyze calendar "$schedule" 2>&1) || {
      echo "expected a time of systemd's calendar in $1, got \"$schedule\" ($(echo "$said" | head -n 1)); see man systemd.time" >&2
      return 1
    }
  done
}

# retire_unit UNIT: before its file in /etc goes; one that a package has too goes on with that one's
retire_unit() {
  for path in /run /usr/local/lib /usr/lib /lib; do [ ! -e "$path/systemd/system/$1" ] || return 0; done
  systemctl disable --quiet --now "$1" 2>/dev/null || systemctl stop "$1" 2>/dev/null || true
  rm -f "/var/lib/systemd/timers/stamp-$1" # when a persistent timer ran last
}

# unit_run start|restart UNIT: with the unit file that lies there now; what the unit said last where it does not stay
unit_run() {
  [ "$(systemctl show --value --property=NeedDaemonReload "$2")" != yes ] || systemctl daemon-reload
  case $2 in *.timer) need_schedule "$2" ;; esac
  systemctl reset-failed "$2" 2>/dev/null || true
  said=$(systemctl "$1" "$2" 2>&1) && unit_stays "$2" && return 0
  printf '%s\n' "${said:-$2 was started and is $(unit_state "$2")}" | head -n 1 >&2
  unit_log "$2" >&2
  return 1
}

# restart_when_gone UNIT PATH...: it runs on when we go, but with our files: it starts again once they have gone (unmake)
restart_when_gone() { locked note_restart "$(printf '%s\t' "$@")"; }
note_restart() { grep -qsxF -e "$1" "$records/restarts" || { printf '%s\n' "$1" >> "$records/restarts"; sync -- "$records/restarts"; }; }
restart_due() {
  [ -e "$records/restarts" ] || return 0
  while IFS= read -r line; do
    if has_ours "${line#*"$tab"}"; then printf '%s\n' "$line"; else restart_as_was "$line" < /dev/null >&2; fi
  done < "$records/restarts" > "$records/restarts.new"
  if [ -s "$records/restarts.new" ]; then keep_note "$records/restarts"; else rm -f "$records/restarts.new" "$records/restarts"; fi
}
# has_ours "PATH<tab>PATH<tab>": whether a record of files still has one of them
has_ours() {
  printf %s "$1" | tr '\t' '\n' | while IFS= read -r path; do
    ! grep -qsF -e "\"$(printf %s "$path" | sed 's/[\\"]/\\&/g')\":" "$records"/files.json "$records"/files.*.json || echo ours
  done | grep -q .
}
restart_as_was() (
  IFS=$tab; set -f
  # shellcheck disable=SC2086 # no path holds a tab
  set -- $1
  [ "$(unit_state "$1")" = active ] && [ -n "$(newer_than_start "$@")" ] || return 0
  unit_run restart "$1" || tell "$1 does not start as it did before minirack; see systemctl status $1"
)

# A program that ends at once counts as started: it must be there a second later.
unit_stays() {
  for _ in 1 2 3 4 5; do
    [ "$(unit_state "$1")" = active ] || return 1
    sleep 0.2
  done
}

# unit_log UNIT: the last lines of its own, those too that journald has not written yet; what follows a word for a secret is
# left out
unit_log() {
  journalctl --sync 2>/dev/null || true
  journalctl --quiet --no-pager --output=cat --lines=4 "_SYSTEMD_UNIT=$1" |
    sed -E 's/(pass|secret|token|credential|auth)[a-z]*.*/\1…/I'
}
