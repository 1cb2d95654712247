# shellcheck shell=sh disable=SC2016,SC2154 # what stands in single quotes is for in_folder; $tab … are folders.sh's
# Changes of folders brought from the controller: made ready, placed, removed.

# ours: paths of the manifest, and of the next one
ours() { for one in "$base.manifest" "$base.next"; do [ ! -e "$one" ] || cut -f4 "$one"; done | sort -u; }

# prepare_folder NAME PATH OWNER FOLDER_MODE IS_EXACT MANIFEST: a folder that moves goes at its old place first
prepare_folder() {
  if folder_of "$1" && [ "$at" != "$2" ]; then remove_folder "$1"; fi
  folder_of "$1" || was=$(if [ -d "$2" ]; then stat -c '%04a %U:%G' "$2"; else echo absent; fi)
  base=$opt/$1 at=$2 wanted_owner=$3 folder_mode=$4 is_exact=$5
  owner=$(full_owner "$3")
  id -- "${owner%:*}" > /dev/null
  printf %s "$6" | in_the_way | refuse_listed
  put "$base.folder" 0644 root:root "$at$tab$wanted_owner$tab$folder_mode$tab$is_exact$tab$was
"
  folder "$at" "$folder_mode" "$owner"
  put "$base.next" 0644 root:root "$6"
  as_owner "$owner" mkdir -p -m 0700 "$at/.minirack.incoming"
}

# in_the_way: of a manifest, the paths where something of somebody else's lies; in an exact folder all that is not ours,
# as long as nothing there is
in_the_way() {
  wanted=$(cat)
  owned=$(ours)
  [ -n "$owned" ] && only_ours='' || only_ours=$is_exact
  { printf '%s\n' "$owned" | sed "s/^/ours$tab/"; printf '%s\n' "$wanted" | cut -f4 | sed "s/^/wanted$tab/"; list_folder | sed "s/^/there$tab/"; } |
    awk -F"$tab" -v only_ours="$only_ours" '
      function note_folders(path, folders) { while (sub("/[^/]*$", "", path)) folders[path] = 1 }
      function is_below_wanted(path) { while (sub("/[^/]*$", "", path)) if (path in wanted) return 1 }
      $1 == "ours" { ours[$2] = 1; note_folders($2, ours_folders); next }
      $1 == "wanted" { wanted[$2] = 1; note_folders($2, folders); next }
      $2 == "" || $2 in ours { next }
      $3 == "d" { if ($2 in wanted && !($2 in ours_folders)) print $2; next }
      $2 in wanted || $2 in folders || only_ours == "yes" || is_below_wanted($2) { print $2 }
    ' | sort
}
refuse_listed() {
  awk -v at="$at" 'NR <= 5 { names = names (NR > 1 ? ", " : "") $0 }
    END { if (!NR) exit 0
      more = (NR > 5) ? " and " NR - 5 " more" : ""
      print "expected nothing of somebody else in " at ", got " names more "; move it away or choose another path"
      exit 1 }' >&2
}

# to_place: of findings, what must come from the controller: checksum, mode, size, path of each file, by checksum
to_place() {
  awk -F"$tab" -v OFS="$tab" '
    part == 1 { if ($1 != "mode") wrong[$2] = 1; next }
    $4 in wrong
  ' part=1 - part=2 "$base.next" | sort
}

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
  in_the_way < "$base.next" | refuse_listed # once more: sending took its time
  wrong=$(folder_findings "$base.next")
  coming=$(printf '%s\n' "$wrong" | to_place)
  printf '%s\n' "$coming" | join_pieces
  printf '%s\n' "$coming" | expect_whole
  ours | awk -F"$tab" 'part == 1 { kept[$4] = 1; next } !($0 in kept)' part=1 "$base.next" part=2 - | remove_files
  printf '%s\n' "$coming" | place_files
  printf '%s\n' "$wrong" | mend_modes
  printf '%s\n' "$wrong" | sed -n "s/^extra$tab//p" | put_aside
  as_owner "$owner" rm -rf "$at/.minirack.incoming"
  sync -f "$at"
  list_folder | awk -F"$tab" -v OFS="$tab" 'part == 1 { sha[$4] = $1; next } $1 in sha { print $1, sha[$1], $4 }' part=1 "$base.next" part=2 - > "$base.stats.new"
  mv -f "$base.stats.new" "$base.stats"
  mv -f "$base.next" "$base.manifest"
}

# in_folder SCRIPT ARGUMENT...: sh in $at, as its owner
in_folder() { script=$1; shift; as_owner "$owner" sh -euc "cd \"\$1\"; shift; $script" sh "$at" "$@"; }

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

# place_files: each is renamed into its place; of content that has several places the others are copies
place_files() {
  files=$(awk -F"$tab" -v OFS="$tab" 'NF { if (last != "") print (sha == $1 ? "copy" : "move"), last; sha = $1; last = $1 OFS $2 OFS $4 } END { if (last != "") print "move", last }')
  [ -n "$files" ] || return 0
  printf '%s\n' "$files" | cut -f4 | folders_of | in_folder 'xargs -r -d "\n" mkdir -p -m "$1" --' "$folder_mode"
  for mode in $(printf '%s\n' "$files" | cut -f3 | sort -u); do
    printf '%s\n' "$files" | awk -F"$tab" -v mode="$mode" '$1 == "move" && $3 == mode { print ".minirack.incoming/" $2 ".0" }' |
      in_folder 'xargs -r -d "\n" chmod "$1" --' "$mode"
  done
  printf '%s\n' "$files" | in_folder 'while IFS=$1 read -r how sha mode path; do
    from=.minirack.incoming/$sha.0
    [ "$how" = move ] || { cp -- "$from" .minirack.incoming/copy; from=.minirack.incoming/copy; chmod "$mode" "$from"; }
    mv -fT -- "$from" "$path"
  done' "$tab"
}
folders_of() { awk '{ for (path = $0; sub("/[^/]*$", "", path);) if (!(path in seen)) { seen[path] = 1; print path } }' | sort; }

# mend_modes: of findings, permissions alone; those of folders where nothing else may lie, with their owner
mend_modes() {
  modes=$(awk -F"$tab" -v OFS="$tab" -v folder_mode="$folder_mode" 'part == 1 { mode[$4] = $2; next } $1 == "mode" { print ($2 in mode ? "file" OFS mode[$2] : "folder" OFS folder_mode), $2 }' part=1 "$base.next" part=2 -)
  [ -n "$modes" ] || return 0
  printf '%s\n' "$modes" | while IFS=$tab read -r kind mode path; do
    [ "$kind" = file ] || chown "$owner" -- "$at/$path"
    in_folder 'chmod "$1" -- "$2"' "0$mode" "$path" # five digits take a setgid bit away as well
  done
}

# put_aside: what lies in a folder where nothing else may lie is moved to FOLDER.extra, never removed
put_aside() {
  while IFS= read -r path; do
    mkdir -p -- "$(dirname -- "$at.extra/$path")"
    mv -T --backup=numbered -- "$at/$path" "$at.extra/$path"
  done
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

# remove_folder NAME: what is ours goes, what others put there stays
remove_folder() {
  folder_of "$1" || return 0
  if [ -d "$at" ]; then
    as_owner "$owner" rm -rf "$at/.minirack.incoming"
    ours | remove_files
    [ "$is_exact" = no ] || [ "$was" = absent ] || { chown "${was#* }" "$at"; chmod "0${was% *}" "$at"; }
    [ "$was" != absent ] || locked remove_empty "$at" # another setting's unmake may be at it
  fi
  rm -f "$base.manifest" "$base.next" "$base.stats" "$base.stats.new" "$base.folder"
}
