# shellcheck shell=sh
# Members of groups. gpasswd keeps a copy of what it changes beside it, which goes again where it was not there before.

show_member() { getent group "$1" | awk -F: -v OFS=/ -v user="$2" '{ n = split($4, all, ","); for (i = 1; i <= n; i++) if (all[i] == user) print $1, user "\tmember" }'; }

add_member() {
  getent group "$1" > /dev/null || { echo "expected a group $1, got none; install the package that makes it" >&2; return 1; }
  getent passwd "$2" > /dev/null || { echo "expected a user $2, got none; make the user or leave them out" >&2; return 1; }
  change_members gpasswd -a "$2" "$1"
}
remove_member() { ! getent group "$1" > /dev/null || change_members gpasswd -d "$2" "$1"; }

change_members() {
  hadGroup=; [ ! -e /etc/group- ] || hadGroup=yes
  hadShadow=; [ ! -e /etc/gshadow- ] || hadShadow=yes
  "$@" > /dev/null
  [ -n "$hadGroup" ] || rm -f /etc/group-
  [ -n "$hadShadow" ] || rm -f /etc/gshadow-
}
