# shellcheck shell=sh disable=SC2016,SC2046 # what stands in single quotes is for in_hands; lent_to prints words
# By whose hands a path is touched. What lies in a folder that others than root may write to is touched as the folder's
# owner: where a link of theirs leads, root does not follow. GNU's and util-linux's options that this needs are here alone.

tab=$(printf '\t')
hands_seconds=120 # whoever is asked may stop or block what runs as them

# in_hands PATH OWNER SCRIPT ARGUMENT...: sh as whoever may touch PATH. OWNER is whose it is to be; `-` where it is read or goes.
in_hands() (
  touched=$1 hands=$(hands_of "$1" "$2") || exit 1
  script=$3; shift 3
  cd /
  if [ -z "$hands" ]; then exec sh -euc "$script" sh "$@"; fi
  known=--init-groups code=0
  getent passwd "${hands%:*}" > /dev/null || known=--clear-groups
  bounded "$hands_seconds" setpriv $(lent_to "$hands") "$known" sh -peuc "$script" sh "$@" 8>&- 9<&- || code=$?
  refuse_held "$code" "${hands%:*}" "$touched" "$hands_seconds"
  exit "$code"
)

# bounded SECONDS COMMAND...: ends when the time is over, and with the shell that called it; refuse_held says of such an end who held it
bounded() { setpriv --pdeathsig TERM timeout -k 5 "$@"; }
refuse_held() { # EXIT-CODE USER PATH SECONDS
  case $1 in 124 | 137) refuse "$(name_of "$2") to let go of $3 within $4 s" "no end" "see what runs as that user, then run the command again" || true ;; esac
}

# lent_to USER:GROUP: options of setpriv. Files are made as theirs, and yet they can take hold neither of such a process nor of the
# files that it has open, as of their own: its real group is one that nobody has. A sh keeps such a group by -p.
nobodys_group=65530 # in no range of Debian's or systemd's
lent_to() { printf -- '--ruid %s --euid %s --rgid %s --egid %s' "${1%:*}" "${1%:*}" "$nobodys_group" "${1#*:}"; }

# hands_of PATH OWNER: UID:GID of whoever may touch it; nothing for root. Refuses an owner who is not the one.
hands_of() (
  open=$(open_folder "$1")
  [ -n "$open" ] || exit 0
  uid=${open%%"$tab"*} open=${open#*"$tab"}
  depth=${open%%"$tab"*} folder=${open#*"$tab"}
  if [ "$2" = - ]; then
    if [ "$uid" -ne 0 ]; then echo "$uid:$(main_group "$uid" "$folder")"
    elif [ "$depth" != last ]; then echo 65534:65534; fi # what root only removes or reads right there is no link to it
    exit 0
  fi
  wanted=$(numbers_of "$2") ||
    { refuse "a user and a group $2, to whom $1 is to belong" none "declare them under users and groups, or write another owner"; exit 1; }
  if [ "${wanted%:*}" -eq 0 ]; then
    refuse "nobody but root to write to $folder, as $1 is to be root's" "a folder $(writers_of "$uid")" "write another owner, or choose another path"
    exit 1
  fi
  [ "$uid" -eq 0 ] || [ "${wanted%:*}" = "$uid" ] ||
    { refuse "the owner of $1 to be $(name_of "$uid"), who may write to $folder" "$2" "write another owner, or choose another path"; exit 1; }
  echo "$wanted"
)
writers_of() { if [ "$1" -eq 0 ]; then echo 'that others may write to'; else echo "of $(name_of "$1")"; fi; }

# open_folder PATH: uid, depth and path of the first folder on the way that others than root may write to; depth is `last`
# for the one that PATH lies in. Each is looked at while only root can exchange it. Whoever is not root has but their own hands.
open_folder() (
  [ "$(id -u)" -eq 0 ] || exit 0
  way=${1%/*} links=0 linked=yes
  while [ -n "$linked" ] && [ "$links" -lt 40 ]; do
    set -- /
    rest=${way#/} at='' linked='' sticky=''
    while [ -n "$rest" ]; do
      at=$at/${rest%%/*}
      set -- "$@" "$at"
      case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
    done
    facts=$(stat -c '%u %g %a %F' -- "$@" 2>/dev/null || true)
    while read -r uid gid mode kind; do
      [ -n "$uid" ] || break
      sticky= # what lies there is its owner's
      if [ "$kind" = 'symbolic link' ] && [ "$uid" -eq 0 ]; then
        linked=$(readlink -- "$1") links=$((links + 1))
        case $linked in /*) ;; *) linked=${1%/*}/$linked ;; esac
        way=$linked${way#"$1"}
        break
      fi
      if is_open "$uid" "$gid" "$mode" "$1"; then
        case $uid$mode in 0[1357]???) sticky=$1 ;; *) printf '%s\t%s\t%s\n' "$uid" "$([ $# -gt 1 ] || echo last)" "$1"; exit 0 ;; esac
      fi
      [ $# -gt 1 ] || break
      shift
    done << EOT
$facts
EOT
    [ -z "$sticky" ] || { printf '0\t%s\t%s\n' "$([ "$sticky" != "$way" ] || echo last)" "$sticky"; exit 0; }
  done
  [ -z "$linked" ] || { echo "$way: too many links" >&2; exit 1; }
)

# expect_closed PATH: for what root alone may have
expect_closed() {
  open=$(open_folder "$1")
  [ -z "$open" ] || refuse "nobody but root to write to ${open##*"$tab"}, as $1 is root's" "a folder that others may write to" "choose another path, or make that folder root's"
}

# is_open UID GID MODE PATH: whether somebody else than root may write there
is_open() {
  [ "$1" -eq 0 ] || return 0
  case $3 in *[2367]) return 0 ;; *[2367]?) ;; *) return 1 ;; esac
  case $(ls -ld -- "$4") in ??????????+*) return 0 ;; esac # an access list lets others in by the group's permissions
  [ "$2" -ne 0 ] && has_members "$2"
}
has_members() {
  group=$(getent group "$1") || return 0
  echo "$group" | cut -d: -f4 | tr , '\n' | grep -qvx -e root -e '' ||
    getent passwd | awk -F: -v gid="$1" '$4 == gid && $3 != 0 { found = 1 } END { exit !found }'
}

# numbers_of USER:[GROUP]: UID:GID, of a user without a group their own
numbers_of() (
  user=${1%%:*} group=
  case $1 in *:*) group=${1#*:} ;; esac
  case $user in *[!0-9]* | '') uid=$(id -u -- "$user" 2>/dev/null) ;; *) uid=$user ;; esac || exit 1
  case $group in
    '') gid=$(getent passwd "$uid" | cut -d: -f4); [ -n "$gid" ] ;;
    *[!0-9]*) gid=$(getent group "$group" | cut -d: -f3); [ -n "$gid" ] ;;
    *) gid=$group ;;
  esac || exit 1
  echo "$uid:$gid"
)
main_group() { group=$(getent passwd "$1" | cut -d: -f4); if [ -n "$group" ]; then echo "$group"; else stat -c %g -- "$2"; fi; }
name_of() { id -un -- "$1" 2>/dev/null || echo "$1"; }

# owner_told UID GID USER GROUP WANTED: as it is wanted, where it is that; else by names, and by numbers where there is none
owner_told() {
  if [ -n "$5" ] && [ "$(numbers_of "$5" || true)" = "$1:$2" ]; then printf %s "$5"; return 0; fi
  case $3 in UNKNOWN) printf %s: "$1" ;; *) printf %s: "$3" ;; esac
  case $4 in UNKNOWN) printf %s "$2" ;; *) printf %s "$4" ;; esac
}

refuse() { echo "expected $1, got $2; $3" >&2; return 1; }
