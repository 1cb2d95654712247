#!/bin/sh
# bootstrap.sh RELEASE CODENAME MIRROR PACKAGES: makes a Debian base with debootstrap, where no image can be pulled.
# The tar file is kept for other clones of the project. Prints the base image's name.
set -eu
release=$1
codename=$2
mirror=$3
packages=$4
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
architecture=$(dpkg --print-architecture)
key=$(printf '%s' "$codename $mirror $packages" | sha256sum | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/minirack/images
tar=$cache/debian-$release-$architecture-$key.tar
base=minirack-debian-base:$release-$key

fail() {
  echo "lab image: $1" >&2
  exit 1
}

make_tar() {
  [ "$(id -u)" = 0 ] || fail "expected root for debootstrap, found $(id -un): let Docker pull debian:$codename, or run as root"
  command -v debootstrap >/dev/null || fail "debootstrap not found: apt-get install debootstrap"
  [ -e "$keyring" ] || fail "$keyring not found: apt-get install debian-archive-keyring"
  root=$(mktemp -d "$cache/root.XXXXXX")
  trap 'rm -rf "$root" "$tar.$$"' EXIT
  debootstrap --variant=minbase --keyring="$keyring" --force-check-gpg \
    --include="$(echo "$packages" | tr ' ' ,)" "$codename" "$root" "$mirror" >&2 ||
    fail "debootstrap failed: $(tail -n 3 "$root/debootstrap/debootstrap.log" 2>/dev/null)"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar --numeric-owner --one-file-system -C "$root" -cf "$tar.$$" .
  mv "$tar.$$" "$tar"
}

mkdir -p "$cache"
[ -e "$tar" ] || make_tar
docker image inspect "$base" >/dev/null 2>&1 || docker import "$tar" "$base" >&2
echo "$base"
