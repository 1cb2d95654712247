# shellcheck shell=sh disable=SC2016,SC2154 # what stands in single quotes is for in_folder; $tab … are folders.sh's
# Changes of folders brought from the controller: made ready, placed, removed.

# ours [FINDINGS]: paths of the manifest, of what changes that never ended have placed, and of the next manifest those that
# are as it says; FINDINGS are those of the next manifest where they are known
ours() {
  {
    for one in manifest placed; do [ ! -e "$base.$one" ] || awk -F"$tab" '{ print $NF }' "$base.$one"; done
    [ ! -e "$base.next" ] || printf '%s\n' "${1-$(folder_findings "$base.next")}" |
      awk -F"$tab" 'part == 1 { if ($1 != "mode") wrong[$2] = 1; next } !($4 in wrong) { print $4 }' part=1 - part=2 "$base.next"
  } | sort -u
}

# prepare_folder NAME PATH OWNER FOLDER_MODE IS_EXACT MANIFEST: a folder that moves goes at its old place first. An owner
# without a group has their primary one.
prepare_folder() {
  id -- "${3%:*}" > /dev/null
  if folder_of "$1" && [ "$at" != "$2" ]; then remove_folder "$1"; fi
  folder_of "$1" || was=$(if [ -d "$2" ]; then stat -L -c '%04a %u:%g' "$2"; else echo absent; fi)
  base=$opt/$1 at=$2 wanted_owner=$3 folder_mode=$4 is_exact=$5
  owner=$(full_owner "$3")
  refuse_open
  [ -e "$base.folder" ] || refuse_link
  owned=$(ours)
  printf %s "$6" | in_the_way "$owned" | refuse_listed
  put "$base.folder" 0644 root:root "$at$tab$wanted_owner$tab$folder_mode$tab$is_exact$tab$was
"
  if is_link_now; then put_link_aside; fi
  folder "$at" "$folder_mode" "$owner"
  [ ! -e "$base.next" ] || put "$base.placed" 0644 root:root "$owned
"
  put "$base.next" 0644 root:root "$6"
  [ "$is_exact" = no ] || [ -z "$(by_root)" ] || in_folder 'chown "$1" .; chmod "0$2" .' "$owner" "$folder_mode"
  in_folder 'mkdir -p -m 0700 .minirack.incoming'
}

# by_root: a word where what is done in the folder is done by the user who runs this, as root does on a node
by_root() { [ "$(id -u)" != "$(id -u -- "${owner%:*}")" ] || echo yes; }

# refuse_open: root works nowhere where somebody else could lead it elsewhere; a data set itself becomes root's
refuse_open() {
  [ -n "$(by_root)" ] || return 0
  case $is_exact in yes) way=${at%/*} ;; *) way=$at ;; esac
  open=$(first_open "${way:-/}")
  [ -z "$open" ] || {
    echo "expected that only $(id -un) may change what is above $at, got $open; choose another path, or give that folder to $(id -un) alone" >&2
    return 1
  }
}
refuse_link() {
  ! is_link_now || {
    echo "expected nothing of somebody else at $at, got a link to $(readlink -- "$at"); choose another path, or where the link leads" >&2
    return 1
  }
}

# put_link_aside: a link in a data set's place is kept as what else lies there; where it leads nothing is touched
put_link_aside() { mkdir -p -- "$at.extra"; mv -T --backup=numbered -- "$at" "$at.extra/${at##*/}"; }

# in_the_way OURS: of a manifest, the paths where something of somebody else's lies; in an exact folder all that is not
# ours, as long as nothing there is
in_the_way() {
  wanted=$(cat)
  [ -n "$1" ] && only_ours='' || only_ours=$is_exact
  { printf '%s\n' "$1" | sed "s/^/ours$tab/"; printf '%s\n' "$wanted" | cut -f4 | sed "s/^/wanted$tab/"; list_folder | sed "s/^/there$tab/"; } |
    awk -F"$tab" -v only_ours="$only_ours" '
      function note_folders(path, folders) { while (sub("/[^/]*$", "", path)) folders[path] = 1 }
      function is_below_wanted(path) { while (sub("/[^/]*$", "", path)) if (path in wanted) return 1 }
      $1 == "ours" { ours[$2] = 1; note_folders($2, ours_folders); next }
      $1 == "wanted" { wanted[$2] = 1; note_folders($2, folders); next }
      $2 == "" || $2 in ours { next }
      $3 == "d" { if ($2 in wanted && !($2 in ours_folders)) print $2; next }
      $2 in wanted || $2 in folders || only_ours == "yes" || is_below_wanted($2) { print $2 }
    ' | sort -u
}
refuse_listed() {
  awk -v at="$at" 'NR <= 5 { names = names (NR > 1 ? ", " : "") $0 }
    END { if (!NR) exit 0
      more = (NR > 5) ? " and " NR - 5 " more" : ""
      print "expected nothing of somebody else in " at ", got " names more "; move it away or choose another path"
      exit 1 }' >&2
}

# to_place: of findings, what must come from the controller: checksum, mode, size, path of each file, by checksum.
# links_to_place: the links, whose manifest line says it all
to_place() { wrong_lines | awk -F"$tab" '$2 != "link"'; }
links_to_place() { wrong_lines | awk -F"$tab" -v OFS="$tab" '$2 == "link" { print $1, $4 }'; }
wrong_lines() { awk -F"$tab" 'part == 1 { if ($1 != "mode") wrong[$2] = 1; next } $4 in wrong' part=1 - part=2 "$base.next" | sort; }

# folder_needs NAME: content that is lacking, pieces that have arrived, bytes that are free. Every checksum is taken.
folder_needs() {
  folder_of "$1"
  {
    folder_findings "$base.next" full | to_place | cut -f1 | uniq | sed "s/^/lacking$tab/"
    find "$at/.minirack.incoming" -type f -printf 'arrived\t%f\t%s\n'
    df --output=avail -B1 "$at" | sed -n "2s/^ */free$tab/p"
  } | awk -v name="$1" -v OFS="$tab" '{ print name, $0 }'
}

# place_folder NAME: what has arrived takes its place, file by file; what the manifest no longer has goes
place_folder() {
  folder_of "$1"
  refuse_open
  wrong=$(folder_findings "$base.next")
  owned=$(ours "$wrong")
  in_the_way "$owned" < "$base.next" | refuse_listed
  refuse_open_inside
  coming=$(printf '%s\n' "$wrong" | to_place)
  printf '%s\n' "$coming" | join_pieces
  printf '%s\n' "$coming" | expect_whole
  printf '%s\n' "$wrong" | mend_modes
  printf '%s\n' "$owned" | awk -F"$tab" 'part == 1 { kept[$4] = 1; next } !($0 in kept)' part=1 "$base.next" part=2 - | remove_files
  printf '%s\n' "$coming" | place_files "$owned"
  printf '%s\n' "$wrong" | links_to_place | place_links "$owned"
  [ "$is_exact" = no ] || folder_findings "$base.next" | sed -n "s/^extra$tab//p" | put_aside
  in_folder 'rm -rf .minirack.incoming'
  sync -f "$at"
  list_folder | awk -F"$tab" -v OFS="$tab" 'part == 1 { sha[$4] = $1; next } $1 in sha { print $1, sha[$1], $4 }' part=1 "$base.next" part=2 - > "$base.stats.new"
  keep_note "$base.stats"
  mv -f "$base.next" "$base.manifest"
  rm -f "$base.placed"
}

# refuse_open_inside: root places nothing in a folder of somebody else's; those of a data set are mended before
refuse_open_inside() {
  [ -n "$(by_root)" ] && [ "$is_exact" = no ] || return 0
  open=$(cut -f4 "$base.next" | folders_of | while IFS= read -r path; do
    stop_at_open "$at/$path" || [ ! -e "$at/$path" ] || exit 1
  done) || {
    echo "expected that only $(id -un) may change what is in $at, got $open; give that folder to $(id -un) alone, or the project an owner" >&2
    return 1
  }
}

# in_folder SCRIPT ARGUMENT...: sh in $at, as its owner; with $pinned nowhere else than there, however one gets in
pinned=''
in_folder() {
  script=$1; shift
  as_owner "$owner" "$at" "$(seconds_for "$base.manifest" "$base.next")" sh -peuc "cd -- \"\$1\"; [ -z \"\$2\" ] || [ \"\$(pwd -P)\" = \"\$2\" ]; shift 2; $script" sh "$at" "$pinned" "$@"
}

# join_pieces: of files to place, those that came in pieces become whole
join_pieces() {
  awk -F"$tab" -v piece="$piece_bytes" '$3 > piece + 0 { print $1, $3 }' | uniq |
    in_folder 'cd .minirack.incoming
      while read -r sha size; do
        index=1
        while [ $((index * $1)) -lt "$size" ]; do cat "$sha.$index" >> "$sha.0"; rm "$sha.$index"; index=$((index + 1)); done
      done' "$piece_bytes"
}

# expect_whole: files to place must have arrived as the manifest says; what has not is forgotten, to be sent again
expect_whole() {
  broken=$(awk 'NF { print $1 "  " $1 ".0" }' | uniq | in_folder 'cd .minirack.incoming; sha256sum --check --quiet 2>/dev/null || true' | sed 's/: FAILED[a-z ]*$//')
  [ -n "$broken" ] || return 0
  printf '%s\n' "$broken" | in_folder 'cd .minirack.incoming; xargs -d "\n" rm -f --'
  echo "expected every file as it was when the controller looked at it, got $(printf '%s\n' "$broken" | wc -l) that changed on the way or since; run the command again" >&2
  return 1
}

# place_files OURS: each is renamed into its place; of content that has several places the others are copies. Where
# nothing of ours lay nothing may lie now.
place_files() {
  owned_before=$1
  files=$(awk -F"$tab" -v OFS="$tab" 'NF { if (last != "") print (sha == $1 ? "copy" : "move"), last; sha = $1; last = $1 OFS $2 OFS $4 } END { if (last != "") print "move", last }')
  [ -n "$files" ] || return 0
  printf '%s\n' "$files" | cut -f4 | make_folders
  for mode in $(printf '%s\n' "$files" | cut -f3 | sort -u); do
    printf '%s\n' "$files" | awk -F"$tab" -v mode="$mode" '$1 == "move" && $3 == mode { print ".minirack.incoming/" $2 ".0" }' |
      in_folder 'xargs -r -d "\n" chmod "$1" --' "$mode"
  done
  printf '%s\n' "$files" | with_force 4 | in_folder 'while IFS=$1 read -r how sha mode path force; do
    from=.minirack.incoming/$sha.0
    [ "$how" = move ] || { cp -- "$from" .minirack.incoming/copy; from=.minirack.incoming/copy; chmod "$mode" "$from"; }
    '"$rename"'
  done' "$tab"
}
make_folders() { folders_of | in_folder 'xargs -r -d "\n" mkdir -p -m "$1" --' "$folder_mode"; }

# place_links OURS: of lines with target and path
place_links() {
  owned_before=$1
  links=$(sed '/^$/d')
  [ -n "$links" ] || return 0
  printf '%s\n' "$links" | cut -f2 | make_folders
  printf '%s\n' "$links" | with_force 2 | in_folder 'while IFS=$1 read -r target path force; do
    from=.minirack.incoming/link
    ln -sfT -- "$target" "$from"
    '"$rename"'
  done' "$tab"
}

# with_force COLUMN: each line with -f at its end where what lies at the path is ours, else -n
with_force() {
  { printf '%s\n' "$owned_before" | sed "s/^/ours$tab/"; sed "s/^/place$tab/"; } |
    awk -F"$tab" -v OFS="$tab" -v column="$1" '$1 == "ours" { ours[$2] = 1; next } { force = $(column + 1) in ours ? "-f" : "-n"; sub("^place\t", ""); print $0, force }'
}
rename='mv "$force" -T -- "$from" "$path"
    [ ! -e "$from" ] && [ ! -L "$from" ] || { echo "expected nothing of somebody else at $path, got what came there just now; move it away" >&2; exit 1; }'
folders_of() { awk '{ for (path = $0; sub("/[^/]*$", "", path);) if (!(path in seen)) { seen[path] = 1; print path } }' | sort; }

# mend_modes: of findings, permissions alone; those of folders where nothing else may lie, with their owner, from above
mend_modes() {
  modes=$(awk -F"$tab" -v OFS="$tab" -v folder_mode="$folder_mode" 'part == 1 { mode[$4] = $2; next } $1 == "mode" { print ($2 in mode ? "file" OFS mode[$2] : "folder" OFS folder_mode), $2 }' part=1 "$base.next" part=2 -)
  [ -n "$modes" ] || return 0
  printf '%s\n' "$modes" | in_folder 'while IFS=$1 read -r kind mode path; do
    [ ! -L "$path" ] && [ -e "$path" ] || continue
    [ "$kind" = file ] || chown -h "$2" -- "$path"
    chmod "0$mode" -- "$path"
  done' "$tab" "$owner" # five digits take a setgid bit away as well
}

# put_aside: what lies in a folder where nothing else may lie is moved to FOLDER.extra, never removed
put_aside() {
  in_folder 'while IFS= read -r path; do
    mkdir -p -- "$(dirname -- "$1.extra/$path")"
    case $path in
      *\\*) find "./${path%\\*}" -mindepth 1 -maxdepth 1 \( -name "$2" -o -lname "$3" \) -exec mv --backup=numbered -t "$1.extra/${path%\\*}" -- {} + ;;
      *) mv -T --backup=numbered -- "$path" "$1.extra/$path" ;;
    esac
  done' "$at" "$odd_names" "$odd_targets"
}

# remove_files: files of ours by their paths, what Python compiled of them, and the folders that are empty then
remove_files() {
  gone=$(cat)
  [ -n "$gone" ] && [ -d "$at" ] || return 0
  printf '%s\n' "$gone" | in_folder 'xargs -d "\n" rm -f --'
  compiled=$(list_folder | cut -f1 | awk -F"$tab" 'part == 1 { if (sub(/\.py$/, "")) source[$0] = 1; next }
    /(^|\/)__pycache__\/[^\/]*\.pyc$/ { path = $0; sub("__pycache__/", "", path); sub(/\.[^\/]*$/, "", path); if (path in source) print }' part=1 /dev/fd/3 part=2 - 3<<EOT
$gone
EOT
  )
  printf '%s\n' "$compiled" | in_folder 'sed "/^\$/d" | xargs -r -d "\n" rm -f -- 2>/dev/null || true'
  printf '%s\n%s\n' "$gone" "$compiled" | folders_of | sort -r | in_folder 'xargs -r -d "\n" rmdir --ignore-fail-on-non-empty -- 2>/dev/null || true'
}

# remove_folder NAME: what is ours goes, what others put there stays. A group that has gone before is not needed for that.
remove_folder() {
  folder_of "$1" || return 0
  find / -maxdepth 0 -group "${owner#*:}" > /dev/null 2>&1 || owner=$(full_owner "${owner%:*}:")
  open=$(refuse_open 2>&1) || pinned=$at
  if is_link_now; then tell "$at stays: it is a link now, to $(readlink -- "$at")"
  elif [ -d "$at" ]; then
    in_folder 'rm -rf .minirack.incoming' || { tell "$at stays: $open"; was=stays; }
    [ "$was" = stays ] || ours | remove_files
    case $is_exact$was in
      yesabsent | yesstays | no*) ;;
      *) in_folder 'chown "$1" .; chmod "0$2" .' "${was#* }" "${was% *}" || tell "$at stays as it is: it was of $was" ;;
    esac
    [ "$was" != absent ] || remove_own
  fi
  pinned=''
  rm -f "$base.manifest" "$base.next" "$base.placed" "$base.stats" "$base.stats.new" "$base.folder"
}

# remove_own: the folder itself, by its owner where they can, else by root where its parent cannot be exchanged
remove_own() {
  as_owner "$owner" "$at" "$hands_seconds" rmdir -- "$at" 2>/dev/null && return 0
  (cd -- "${at%/*}/" && [ "$(pwd -P)" = "$(if [ -n "$(first_open "${at%/*}/")" ]; then echo "${at%/*}"; else pwd -P; fi)" ] &&
    locked remove_empty "./${at##*/}") # another setting's unmake may be at it
}
