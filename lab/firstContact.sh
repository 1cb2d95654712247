#!/bin/sh
# firstContact.sh FOLDER USER NAME:SUDO:CONTACT …: the lab's key pair and password, made once, and the folder that each
# node reads at its first boot. Nodes get the public key and the password's hash only.
set -eu
umask 077
folder=$1
user=$2
shift 2

# The parent may hold what other programs read; only what is ours is closed.
mkdir -p "$folder"
chmod 0700 "$folder"
[ -s "$folder/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C minirack-lab -f "$folder/id_ed25519"
if [ ! -s "$folder/password" ]; then
  openssl rand -hex 16 >"$folder/password.new"
  mv "$folder/password.new" "$folder/password"
fi
[ -s "$folder/passwordHash" ] || openssl passwd -6 -stdin <"$folder/password" >"$folder/passwordHash"

for node in "$@"; do
  name=${node%%:*}
  contact=${node##*:}
  sudo=${node#*:}
  first=$folder/firstBoot/$name
  mkdir -p "$first" "$folder/disks/$name"
  chmod 0755 "$folder/disks/$name"
  echo "$user" >"$first/user"
  echo "${sudo%:*}" >"$first/sudo"
  cp "$folder/passwordHash" "$first/passwordHash"
  rm -f "$first/authorizedKeys"
  [ "$contact" = password ] || cp "$folder/id_ed25519.pub" "$first/authorizedKeys"
done
