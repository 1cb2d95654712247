# shellcheck shell=sh disable=SC2016,SC2154 # what stands in single quotes is for in_hands; $record is set by each script
# Files that were there before us, whole: bytes, kind, numeric owner, permissions, access list, attributes, times. They
# stay on the node, in `$record.d` beside the record that speaks of them, and never travel.

original_of() { printf '%s/%s\n' "$record.d" "$(printf %s "$1" | sha256sum | cut -d' ' -f1)"; }

# expect_unused PATH: under a name of minirack's lies nothing that minirack did not write; expect_own PATH: of a file that all
# entries share, as long as there is none
expect_unused() {
  [ ! -e "$1" ] && [ ! -L "$1" ] || refuse "no $1 before minirack, which writes it itself" "a $(stat -c %F -- "$1")" "move it away, and write what it says in the cluster file"
}
expect_own() { { [ -e "$record.json" ] && ! grep -qF -e '"entries":{}' "$record.json"; } || expect_unused "$1"; }

# expect_hands PATH OWNER: that it may be put there as theirs
expect_hands() { hands_of "$@" > /dev/null; }

# keep_original PATH OWNER: before the record is written that says it was there, and its owner
keep_original() {
  hands_of "$1" "$2" > /dev/null 2>&1 ||
    refuse "$1 to be of whoever its folder is of, so that it can go back" "a file of $2" "give it to them (chown -h), or choose another path"
  flags=$(in_hands "$1" - 'lsattr -d -- "$1" 2>/dev/null | cut -d" " -f1 | tr -d "eINVE-"' "$1")
  [ -z "$flags" ] ||
    refuse "$1 without inode flags, which a copy does not keep" "$flags" "take them away (chattr -$flags $1), and set them again when the file is back"
  [ -d "$record.d" ] || mkdir -m 0700 "$record.d"
  original=$(original_of "$1")
  in_hands "$1" - 'cd -- "${1%/*}/" && tar --create --format=posix --sparse --numeric-owner --acls --xattrs --xattrs-include="*" --file=- -- "./${1##*/}"' "$1" > "$original.new"
  printf %s "$1" > "$original.path"
  sync "$original.new" "$original.path"
  mv -f "$original.new" "$original.tar"
}

# give_original_back PATH MODE OWNER [CONTENT]: as it was kept; records of version 0.1.0 have the content as text
give_original_back() {
  original=$(original_of "$1")
  if [ -e "$original.tar" ]; then locked unpack_original "$1" "$original.tar"
  elif [ $# -eq 4 ]; then put "$1" "$2" "$(owner_back "$1" "$3")" "$4"
  else refuse "the copy of $1 from before us in $record.d" none "put the file back by hand, then remove its entry from $record.json"; fi
}
unpack_original() {
  make_folder "$(dirname "$1")"
  in_hands "$1" - '
    beside=${1%/*}/.minirack.${1##*/}
    rm -rf -- "$beside"
    mkdir -m 0700 -- "$beside"
    { tar --extract --preserve-permissions --numeric-owner --acls --xattrs --xattrs-include="*" --file=- --directory="$beside" &&
      sync -f -- "$beside" && mv -fT -- "$beside/${1##*/}" "$1"; } || { rm -rf -- "$beside"; exit 1; }
    rmdir -- "$beside"' "$1" < "$2"
}

# give_folder_back PATH/ MODE OWNER
give_folder_back() { set_folder "$1" "$2" "$(owner_back "${1%/}" "$3")"; }

# owner_back PATH OWNER: who may be given it back: a user may have gone, or a folder on the way is another's since
owner_back() {
  if hands_of "$1" "$2" > /dev/null 2>&1 && numbers_of "$2" > /dev/null; then printf '%s\n' "$2"; return 0; fi
  hands=$(hands_of "$1" -)
  hands=${hands:-0:0}
  tell "$1 was of $2, and cannot be so again: it is of $(name_of "${hands%:*}") now; see whose it is to be"
  printf '%s\n' "$hands"
}

# drop_originals: those of which the record no longer speaks
drop_originals() {
  [ -d "${record:-none}.d" ] || return 0
  for kept_path in "$record.d"/*.path; do
    [ -e "$kept_path" ] || continue
    ! grep -qsF -e "\"$(sed 's/[\\"]/\\&/g' "$kept_path")\":" "$record.json" || continue
    rm -f "$kept_path" "${kept_path%.path}.tar"
  done
  rm -f "$record.d"/*.new
  [ -e "$record.json" ] || rm -rf "$record.d"
  rmdir --ignore-fail-on-non-empty "$record.d" 2>/dev/null || true
}
