# shellcheck shell=sh disable=SC2016,SC2154 # what stands in single quotes is for in_hands; $record and $made are set elsewhere
# Users and groups. What useradd and its like keep as passwd- beside passwd goes back (leftovers.sh).

show_group() { getent group "$1" | awk -F: -v OFS='\t' '{ print "group " $1, $3 }'; }
show_user() { getent passwd "$1" | awk -F: -v OFS='\t' '{ print "user " $1, $3, $6, $7, $5 }'; }
show_member() { getent group "$1" | awk -F: -v user="$2" '{ n = split($4, all, ","); for (i = 1; i <= n; i++) if (all[i] == user) print "member " $1 "/" user "\tmember" }'; }
home_of() { getent passwd "$1" | cut -d: -f6; }

# show_key USER NAME: their line that ends in our mark
show_key() {
  home_folder=$(home_of "$1")
  [ -z "$home_folder" ] || show_line "$home_folder/.ssh/authorized_keys" "$(key_mark "$2")" | while read -r line; do printf 'key %s\t%s\n' "$1/$2" "${line%"$(key_mark "$2")"}"; done
}
key_mark() { printf ' %s minirack-key' "$1"; }

# systemd-run takes a dollar for a variable's, two for one
plain() { printf %s "$1" | sed 's/\$/$$/g'; }

# add_group NAME [GID]
add_group() { transaction accounts 60 groupadd ${2:+--gid "$2"} "$1"; }
remove_group() { ! getent group "$1" > /dev/null || transaction accounts 60 groupdel "$1"; }

# add_user NAME present|system|UID HOME SHELL COMMENT: with a group of that name. A system user has no home. A home that an
# earlier user of ours left is theirs again.
add_user() {
  ! getent group "$1" > /dev/null || refuse "no group $1 before its user" one "remove it, or choose another name"
  need_shell "$4"
  name=$1 kind=$2 home_folder=$3 shell=$4 comment=$5 left=
  set -- --user-group --home-dir "$(plain "$home_folder")" --shell "$(plain "$shell")" --comment "$(plain "$comment")"
  case $kind in
    system) set -- "$@" --system --no-create-home ;;
    *)
      folder "$(dirname "$home_folder")"
      left=$(left_uid "$home_folder")
      uid=$kind
      [ "$kind" != present ] || uid=$([ -z "$left" ] || getent passwd "$left" > /dev/null || echo "$left")
      [ -z "$uid" ] || [ -z "$left" ] || chown "$uid" "$home_folder"
      [ -e "$home_folder" ] || locked note_made "$home_folder"
      set -- "$@" --create-home ${uid:+--uid "$uid"} ;;
  esac
  transaction accounts 60 useradd "$@" "$name"
  [ "$kind" = system ] || sync -f -- "$home_folder" # useradd does not sync what it puts into a home
  [ -z "$left" ] || { chown -hR --from="$left" "$name:" "$home_folder"; chown "$name:" "$home_folder"; }
}
# expect_home_free NAME present|UID HOME: a new user gets no home that is somebody else's
expect_home_free() {
  open=$(open_folder "$3")
  [ -z "$open" ] || refuse "nobody but root to write to ${open##*"$tab"}, where the home of $1 is to be" "a folder that others may write to" "choose another home"
  { [ -e "$3" ] || [ -L "$3" ]; } && ! is_made_folder "$3" || return 0
  facts=$(stat -c '%u %u:%g' -- "$3")
  [ "$2" != "${facts% *}" ] || [ -L "$3" ] || return 0
  remedy="move it away (mv $3 $3.before), or choose another home"
  [ "$2" != present ] || getent passwd "${facts% *}" > /dev/null || remedy="write uid: ${facts% *} where it is theirs, or move it away (mv $3 $3.before)"
  refuse "no $3 before its user $1" "a $(stat -c %F -- "$3") of ${facts#* }" "$remedy"
}
# left_uid HOME: whose it was, where it is one that stayed
left_uid() { ! is_made_folder "$1" || find "$1" -mindepth 1 -maxdepth 1 -printf '%U\n' | head -n 1; }
is_made_folder() { [ -d "$1" ] && grep -qsxF -e "$1" "$made"; }
need_shell() { [ -x "$1" ] || refuse "the shell $1" none "install its package, or choose another"; }

# set_user NAME shell|comment VALUE
set_user() { [ "$2" != shell ] || need_shell "$3"; transaction accounts 60 usermod "--$2" "$(plain "$3")" "$1"; }

# remove_user NAME: a home that we made goes with what was put there at first; one that holds more stays, and that is told
remove_user() {
  home_folder=$(home_of "$1")
  [ -n "$home_folder" ] || return 0
  end_of_processes "$1"
  [ -n "$(open_folder "$home_folder")" ] || ! is_made_folder "$home_folder" || empty_home "$home_folder"
  transaction accounts 60 userdel "$1"
}

# end_of_processes USER: systemd's own for a session outlive it for ten seconds
end_of_processes() {
  waited=0
  while running=$(find /proc -maxdepth 1 -name '[0-9]*' -user "$1" -printf '%f ' 2>/dev/null || true); [ -n "$running" ]; do
    [ "$waited" -lt 150 ] || { echo "expected $1 to have no processes, got ${running% }; end them: loginctl terminate-user $1" >&2; return 1; }
    sleep 0.1; waited=$((waited + 1))
  done
}
empty_home() {
  own=$(in_hands "$1/." - 'cd "$1" && find . ! -type d | while IFS= read -r path; do
    { [ -f "$path" ] && [ ! -L "$path" ] && cmp -s -- "/etc/skel/$path" "$path"; } ||
      { [ "$path" = ./.ssh/authorized_keys ] && [ -f "$path" ] && [ ! -s "$path" ]; } || { printf "%s\n" "$path"; break; }
  done' "$1") || own=./
  [ -n "$own" ] || { find "$1" -mindepth 1 -delete; return 0; }
  for path in "$1/.ssh/authorized_keys" "$1/.ssh"; do ! grep -qsxF -e "$path" "$made" || remove_if_empty "$path"; done
  chown -h root "$1"; chmod 0700 "$1" # a later user may get the uid
  tell "$1 stays: it holds more than a new home does, as $(echo "$own" | head -n 1 | tr -d '[:cntrl:]'); it is root's until its user comes back, or you remove it"
}

# What cannot be changed without files in other hands or other places.
expect_user() {
  uid=$(id -u "$1")
  case $2 in
    system) [ "$uid" -lt 1000 ] || refuse "$1 to be a system user, below uid 1000" "uid $uid" "choose another name, or leave isSystem out" ;;
    *) refuse "$1 to have uid $2" "$uid" "files would change hands: leave uid out, or change it by hand (usermod --uid)" ;;
  esac
}
expect_group() { refuse "group $1 to have gid $2" "$(getent group "$1" | cut -d: -f3)" "files would change hands: leave gid out, or change it by hand (groupmod --gid)"; }
expect_home() { refuse "the home of $1 to be $2" "$(home_of "$1")" "move it by hand (usermod --move-home --home $2 $1), or leave home out"; }

add_member() {
  getent group "$1" > /dev/null || refuse "a group $1" none "declare it under groups, or install the package that makes it"
  getent passwd "$2" > /dev/null || refuse "a user $2" none "declare them under users, or leave them out"
  gpasswd -a "$2" "$1" > /dev/null
}
remove_member() { ! getent group "$1" > /dev/null || gpasswd -d "$2" "$1" > /dev/null; }

# set_key USER NAME [KEY]: a line of ours in their authorized_keys
set_key() {
  home_folder=$(home_of "$1")
  [ -n "$home_folder" ] || return 0
  [ $# -lt 3 ] || folder "$home_folder/.ssh" 0700 "$1:"
  locked set_file_line "$1:" "$home_folder/.ssh/authorized_keys" "$(key_mark "$2")" ${3:+"$3$(key_mark "$2")"}
}
