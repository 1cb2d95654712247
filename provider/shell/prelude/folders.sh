# shellcheck shell=sh disable=SC2034,SC2046,SC2154 # $opt is python.sh's; lent_to prints words
# Folders brought from the controller. `/opt/minirack/NAME.manifest` lists what is ours, by tabs: SHA-256, mode, size,
# path. NAME.next is the manifest of a change that has begun, NAME.folder says where it lies, NAME.stats how each file
# looked when its checksum was taken, NAME.placed what changes that never ended have placed. What is done in a folder is
# done as its owner, and as root only where nobody else can exchange a part of the path: no link leads root astray.

piece_bytes=67108864 # as provider/folders/pieces.ts

# as_owner USER:GROUP PATH SECONDS COMMAND...: what is done at PATH, for so long: they may stop or block what runs as them
as_owner() {
  as=$1 place=$2 seconds=$3; shift 3
  if [ "$(id -un):$(id -gn)" = "$as" ]; then "$@"; return; fi
  held=0
  bounded "$seconds" setpriv $(lent_to "$as") --init-groups "$@" 8>&- 9<&- || held=$?
  refuse_held "$held" "${as%:*}" "$place" "$seconds"
  return "$held"
}
# seconds_for MANIFEST...: how long a slow disk may take for all that it lists, read or written once
seconds_for() { cat -- "$@" 2>/dev/null | awk -F"$tab" -v least="$hands_seconds" '{ bytes += $3 } END { printf "%d\n", least + bytes / 1000000 + NR / 100 }'; }

# folder_of NAME: sets base, at, wanted_owner, owner, folder_mode, is_exact, was; fails where nothing of that name is ours
folder_of() {
  base=$opt/$1
  [ -e "$base.folder" ] && IFS=$tab read -r at wanted_owner folder_mode is_exact was < "$base.folder" && owner=$(full_owner "$wanted_owner")
}
# full_owner USER:[GROUP]: with the user's own group where none is said; a user who is gone has none
full_owner() { case $1 in *:) printf '%s%s\n' "$1" "$(id -gn -- "${1%:}" 2>/dev/null)" ;; *) printf '%s\n' "$1" ;; esac; }

# show_folder NAME: where it lies and its digest; then what is not as the manifest says, the first twenty by name
show_folder() {
  folder_of "$1" || return 0
  digest=unfinished
  [ -e "$base.next" ] || [ ! -e "$base.manifest" ] || digest=$(sha256sum < "$base.manifest" | cut -d' ' -f1)
  printf '%s\tfolder\t%s\t%s\t%s\t%s\t%s\n' "$1" "$at" "$wanted_owner" "$folder_mode" "$is_exact" "$digest"
  [ "$digest" != unfinished ] || return 0
  folder_findings "$base.manifest" "${full_check:-}" | sort -t "$tab" -k2 |
    awk -v name="$1" -F"$tab" -v OFS="$tab" 'NR <= 20 { print name, "drift", $1, $2 } END { if (NR > 20) print name, "drift", "and " NR - 20 " more", "…" }'
}

# show_existing NAME PATH: a folder that somebody else takes care of, or a link to one, where it is there and not empty
show_existing() { [ ! -d "$2" ] || [ -z "$(find "$2/" -mindepth 1 -print -quit)" ] || printf '%s\texisting\t%s\n' "$1" "$2"; }

# list_folder: path, type, size, times and inode, mode, owner, link's target of all in $at, the folder itself as an empty
# path. A data set is no link: what a link in its place leads to is somebody else's. A name that no manifest has, and that
# could pass for rows of other paths, is not listed, but that there is one; nor is what lies below it.
list_folder() {
  [ -d "$at" ] && ! is_link_now || return 0
  (cd "$at" && find . -path './.minirack.*' -prune -o \( -name "$odd_names" -o -lname "$odd_targets" \) -prune -printf "%h/$odd\\to\\n" \
    -o -printf '%P\t%y\t%s\t%T@ %C@ %i\t%#m\t%u:%g\t%l\n') | sed 's,^\./,,'
}
odd_names="*[$tab
\\\\]*" odd_targets="*[$tab
]*" odd='\\a name with tab, newline or backslash'
is_link_now() { [ "$is_exact" = yes ] && [ -L "$at" ]; }

# first_open PATH: of the folders on its way, links followed, the first that somebody else than root may exchange or write
# to, with its owner and mode
first_open() {
  rest=${1#/} walked='' links=0
  while stop_at_open "${walked:-/}" && [ -n "$rest" ]; do
    part=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
    case $part in '' | .) continue ;; ..) walked=${walked%/*}; continue ;; esac
    if [ -L "$walked/$part" ] && [ "$links" -lt 40 ]; then
      links=$((links + 1))
      target=$(readlink -- "$walked/$part")
      case $target in /*) walked='' rest=${target#/}/$rest ;; *) rest=$target/$rest ;; esac
    else walked=$walked/$part; fi
  done
}
# stop_at_open PATH: prints it and fails where it is open; fails where there is none. In a sticky folder what is there is safe.
stop_at_open() {
  [ -e "$1" ] || return 1
  stat -c '%a %U %G %n' -- "$1" | awk -v me="$(id -un)" -v group="$(id -gn)" '{
    sticky = length($1) == 4 && substr($1, 1, 1) % 2
    bits = substr($1, length($1) - 1)
    others = substr(bits, 2) % 4 >= 2 || (substr(bits, 1, 1) % 4 >= 2 && $3 != "root" && $3 != group)
    if (($2 == "root" || $2 == me) && (sticky || !others)) exit 0
    name = $0; sub("^[^ ]* [^ ]* [^ ]* ", "", name)
    print name " (" $2 ":" $3 " " $1 ")"
    exit 1
  }'
}

# folder_findings MANIFEST [full]: kind and path of what is not as the manifest says. A checksum is taken where size,
# times and inode are not as when it was last taken, or of everything.
folder_findings() {
  looked=$(list_folder | compared_with "$1" "${2:-}")
  printf '%s\n' "$looked" | sed "/^\$/d; /^suspect$tab/d"
  printf '%s\n' "$looked" | sed -n "s/^suspect$tab//p" | changed_files | sed "s/^/changed$tab/"
}
compared_with() {
  [ -e "$base.stats" ] && stats=$base.stats || stats=/dev/null
  awk -F"$tab" -v OFS="$tab" -v full="$2" -v owner="$owner" -v folder_mode="$folder_mode" -v is_exact="$is_exact" '
    part == 1 { sha[$4] = $1; mode[$4] = $2; size[$4] = $3; next }
    part == 2 { stat[$1] = $2 " " $3; next }
    !($1 in sha) {
      if (is_exact == "yes" && $2 == "d") { if ($5 != folder_mode || $6 != owner) print "mode", $1 == "" ? "." : $1 }
      else if (is_exact == "yes") print "extra", $1
      next
    }
    { seen[$1] = 1 }
    mode[$1] == "link" { if ($2 != "l" || $7 != sha[$1]) print "changed", $1; else if ($6 != owner) print "owner", $1; next }
    $2 != "f" || $3 != size[$1] { print "changed", $1; next }
    $6 != owner { print "owner", $1; next }
    $5 != mode[$1] { print "mode", $1 }
    full != "" || stat[$1] != sha[$1] " " $4 { print "suspect", sha[$1], $1 }
    END { for (path in sha) if (!(path in seen)) print "missing", path }
  ' part=1 "$1" part=2 "$stats" part=3 -
}

# changed_files: of lines with checksum and path in $at, the paths whose content is another
changed_files() {
  expected=$(cat)
  [ -n "$expected" ] || return 0
  printf '%s\n' "$expected" | sed "s/$tab/  /" | (cd "$at" && bounded "$(seconds_for "$base.manifest" "$base.next")" sha256sum --check --quiet 2>/dev/null || true) | sed 's/: FAILED[a-z ]*$//'
}
