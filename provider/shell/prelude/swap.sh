# shellcheck shell=sh
# Swap files. Our line in /etc/fstab says so by the option x-minirack and stands first: without it the file is as it was,
# an end of its last line that is missing too.

swap_line() { printf '%s none swap sw,x-minirack 0 0' "$1"; }
swap_kept() { [ -e /etc/fstab ] && path=$1 awk '$1 == ENVIRON["path"] && $3 == "swap" { found = 1 } END { exit !found }' /etc/fstab; }

swap_is_ours_to_take() { [ ! -e "$1" ] || [ "$(blkid -p -s TYPE -o value "$1")" = swap ] && [ ! -b "$1" ]; }

# swap_show PATH: path, size in bytes, mode, KiB of it that are in use as swap, whether /etc/fstab names it
swap_show() {
  expect_closed "$1"
  swap_is_ours_to_take "$1" || { printf '%s\t%s\n' "$1" "$(stat -L -c %F "$1")"; return 0; }
  kept=; ! swap_kept "$1" || kept=kept
  [ -e "$1" ] || [ -n "$kept" ] || return 0
  live=$(path=$(readlink -f "$1") awk '$1 == ENVIRON["path"] { print $3 }' /proc/swaps)
  printf '%s\t%s\t%s\t%s\n' "$1" "$(stat -L -c '%s %04a' "$1" 2>/dev/null || echo '0 0600')" "${live:-0}" "$kept"
}

# swap_expect PATH BYTES: a file of that size may be made there, and a GiB stays free
swap_expect() {
  on=$(dirname "$1")
  while [ ! -d "$on" ]; do on=$(dirname "$on"); done
  type=$(stat -f -c %T "$on")
  case $type in btrfs | overlayfs | tmpfs | ramfs | zfs | nfs | smb* | cifs | fuse*)
    echo "expected $on on a file system that can hold swap (ext4, xfs), got $type; choose a path elsewhere, as swapGb: { /data/swap: 8 }" >&2
    return 1 ;;
  esac
  old=$(stat -L -c %s "$1" 2>/dev/null || echo 0)
  free=$(($(df --output=avail -B1 "$on" | tail -n 1) + old))
  [ "$free" -ge $(($2 + 1073741824)) ] || {
    echo "expected $(gib $(($2 + 1073741824))) GiB free for $1 (a GiB of it stays free), got $(gib "$free") GiB; make room, make it smaller, or choose a path elsewhere" >&2
    return 1
  }
}
gib() { awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1073741824 }'; }

swap_off() { [ -z "$(path=$(readlink -f "$1") awk '$1 == ENVIRON["path"]' /proc/swaps)" ] || swapoff "$1"; }

# swap_make PATH BYTES: a new file in place of one that is there, made beside it; it keeps the other's UUID
swap_make() {
  swap_expect "$@"
  folder "$(dirname "$1")"
  beside=$(dirname "$1")/.minirack.$(basename "$1")
  uuid=$(blkid -p -s UUID -o value "$1" 2>/dev/null || true)
  swap_off "$1"
  rm -f "$1" "$beside"
  (umask 077; fallocate -l "$2" "$beside" 2>/dev/null || dd if=/dev/zero of="$beside" bs=1M count=$(($2 / 1048576)) status=none) ||
    { rm -f "$beside"; return 1; }
  mkswap ${uuid:+-U "$uuid"} "$beside" > /dev/null
  sync "$beside"
  mv "$beside" "$1"
}
swap_on() { swapon "$1" || { echo "expected the kernel to take $1 as swap, got a refusal; choose a path on another file system" >&2; return 1; }; }
swap_remove() { swap_off "$1"; rm -f "$1" "$(dirname "$1")/.minirack.$(basename "$1")"; }

# swap_keep PATH, swap_forget PATH: at each boot, and no longer; lines of others stay
swap_keep() { swap_kept "$1" || locked swap_edit cat_after "$(swap_line "$1")"; }
swap_forget() { [ ! -e /etc/fstab ] || ! grep -qxF -e "$(swap_line "$1")" /etc/fstab || locked swap_edit cat_without "$(swap_line "$1")"; }
swap_edit() {
  [ -e /etc/fstab ] || { note_made /etc/fstab; : > /etc/fstab; }
  { cp -p /etc/fstab /etc/.minirack.fstab && "$@" < /etc/fstab > /etc/.minirack.fstab && sync /etc/.minirack.fstab && mv -f /etc/.minirack.fstab /etc/fstab; } ||
    { rm -f /etc/.minirack.fstab; return 1; }
  systemctl daemon-reload
}
cat_after() { printf '%s\n' "$1"; cat; }
cat_without() { sed "\\|^$(printf %s "$1" | sed 's/[][\.*^$]/\\&/g')\$|d"; }
