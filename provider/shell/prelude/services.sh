# shellcheck shell=sh
# Units of systemd.

# show_unit UNIT PATH...: unit, how it is enabled, its state, and those of the paths that changed since it started
show_unit() {
  unit=$1; shift
  enablement=$(systemctl is-enabled "$unit" 2>/dev/null) || true
  case $enablement in
    '' | not-found) return 0 ;;
    masked*) ! is_wanted "$unit" || enablement=masked-enabled ;;
  esac
  unit_settles "$unit"
  started=$(systemctl show --value --timestamp=us+utc --property=InactiveExitTimestamp "$unit")
  started=$([ -z "$started" ] || date -d "$started" +%s%6N)
  printf '%s\t%s\t%s' "$unit" "$enablement" "$(unit_state "$unit")"
  for path in "$@"; do ! is_newer "$path" "${started:-0}" || printf '\t%s' "$path"; done
  echo
}
# is_wanted UNIT: whether it would start at boot, were it not masked
is_wanted() { [ -n "$(find /etc/systemd/system -path "*.wants/$1" -o -path "*.requires/$1")" ]; }
unit_state() { systemctl show --value --property=ActiveState "$1"; }

# The time of a file's inode: a package and cp -p give a changed file an old date. A file that is not there is to come.
is_newer() {
  changed=$(stat -L -c %.6Z "$1" 2>/dev/null) || return 0
  [ "$(echo "$changed" | tr -d .)" -gt "$2" ]
}

# unit_settles UNIT: waits while it starts or stops, ten seconds at most; one that fails again and again does neither
unit_settles() {
  waited=0
  while case $(systemctl show --value --property=SubState "$1") in start* | stop* | reload* | final*) true ;; *) false ;; esac; do
    [ "$waited" -lt 100 ] || return 0
    sleep 0.1; waited=$((waited + 1))
  done
}

need_unit() {
  systemctl daemon-reload
  case $(systemctl is-enabled "$1" 2>/dev/null || true) in
    '' | not-found)
      echo "expected a unit $1, got none; install the package that brings it, or write it: files: /etc/systemd/system/$1" >&2
      return 1 ;;
  esac
}

# unit_run start|restart UNIT: with the unit file that lies there now; what the unit said last where it does not stay
unit_run() {
  [ "$(systemctl show --value --property=NeedDaemonReload "$2")" != yes ] || systemctl daemon-reload
  systemctl reset-failed "$2" 2>/dev/null || true
  said=$(systemctl "$1" "$2" 2>&1) && unit_stays "$2" && return 0
  printf '%s\n' "${said:-$2 was started and is $(unit_state "$2")}" | head -n 1 >&2
  unit_log "$2" >&2
  return 1
}

# A program that ends at once counts as started: it must be there a second later.
unit_stays() {
  for _ in 1 2 3 4 5; do
    [ "$(unit_state "$1")" = active ] || return 1
    sleep 0.2
  done
}

# unit_log UNIT: the last lines of its own; what follows a word for a secret is left out
unit_log() {
  journalctl --quiet --no-pager --output=cat --lines=4 "_SYSTEMD_UNIT=$1" |
    sed -E 's/(pass|secret|token|credential|auth)[a-z]*.*/\1…/I'
}
