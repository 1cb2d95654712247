# shellcheck shell=sh disable=SC2154 # $tab is set by hands.sh
# Values of the kernel. Ours are kept for the next boot in one file; systemd-sysctl applies files by name, the last wins.

sysctl_file=/etc/sysctl.d/90-minirack.conf

# sysctl_files: what is applied at boot, in order; of files with one name that of the first folder
sysctl_files() {
  for folder in /etc /run /usr/local/lib /usr/lib; do
    for file in "$folder"/sysctl.d/*.conf; do
      [ ! -f "$file" ] || printf '%s\t%s\n' "${file##*/}" "$file"
    done
  done | sort -s -u -t "$(printf '\t')" -k1,1 | cut -f2
}

# sysctl_show KEY PATH: key, value now, value in our file, the last value at boot and the file that has it
sysctl_show() {
  [ -e "/proc/sys/$2" ] || return 0
  sysctl_files | sysctl_row "$1" "$2" "$(tr -s '[:space:]' ' ' < "/proc/sys/$2")"
}

# sysctl_row KEY PATH NOW: the row for the files that stdin names
sysctl_row() {
  while IFS= read -r file; do set -- "$@" "$file"; done
  key=$1 path=$2 now=$3; shift 3
  key=$key path=$path now=$now ours=$sysctl_file awk '
    /^[[:space:]]*[#;]/ || !/=/ { next }
    {
      name = $0; sub(/=.*/, "", name); gsub(/^[[:space:]]*-?|[[:space:]]+$/, "", name)
      value = $0; sub(/^[^=]*=/, "", value); gsub(/[[:space:]]+/, " ", value); gsub(/^ | $/, "", value)
      if (match(name, /[.\/]/) && substr(name, RSTART, 1) == ".") {
        gsub(/\//, "\n", name); gsub(/\./, "/", name); gsub(/\n/, ".", name)
      }
      if (name != ENVIRON["path"]) next
      last = value; by = FILENAME
      if (FILENAME == ENVIRON["ours"]) kept = value
    }
    END { now = ENVIRON["now"]; sub(/ $/, "", now); printf "%s\t%s\t%s\t%s\t%s\n", ENVIRON["key"], now, kept, last, by }
  ' "$@" /dev/null
}

# sysctl_last KEY PATH VALUE: no file that is applied after ours says something else
sysctl_last() {
  later=$(sysctl_files | awk -F/ -v ours="${sysctl_file##*/}" '$NF > ours' | sysctl_row "$@" | cut -f4,5)
  case $later in "$tab" | "$3$tab"*) ;; *)
    refuse "no file after $sysctl_file to set $1" "${later%"$tab"*} in ${later#*"$tab"}, which is applied later" "take it out there, or write that value" ;;
  esac
}

# sysctl_set KEY PATH VALUE: now; says which values cannot be had
sysctl_set() {
  [ -e "/proc/sys/$2" ] ||
    { echo "this kernel has no value $1; correct its name, or load the module that brings it" >&2; return 1; }
  { printf '%s' "$3" > "/proc/sys/$2"; } 2>/dev/null ||
    { echo "the kernel refuses $1 = $3; it has $(tr -s '[:space:]' ' ' < "/proc/sys/$2")" >&2; return 1; }
}
