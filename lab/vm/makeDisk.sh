#!/bin/sh
# makeDisk.sh <TAR: a bootable disk's file system in /made, with the kernel and the initrd beside it. 6 GB, of which only
# what is written takes room.
set -eu
root=$(mktemp -d)
tar --extract --numeric-owner --xattrs --xattrs-include='*' --directory "$root"
rm -f "$root/.dockerenv"
echo 'nameserver 10.0.2.3' >"$root/etc/resolv.conf"
cp "$root"/boot/vmlinuz-* /made/vmlinuz
cp "$root"/boot/initrd.img-* /made/initrd.img
truncate -s 6G /made/disk.img
mke2fs -q -t ext4 -L minirack -d "$root" /made/disk.img
