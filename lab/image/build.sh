#!/bin/sh
# build.sh RELEASE KEY: makes the image minirack-debian:RELEASE unless one with this KEY is there; prints its id.
# KEY stands for all that goes into the image (images.ts makes it).
set -eu
release=$1
key=$2
here=$(dirname "$0")
tag=minirack-debian:$release-$key
packages="openssh-server sudo python3 iproute2 systemd systemd-sysv dbus ca-certificates iputils-ping procps"
case $release in
  12) codename=bookworm ;;
  13) codename=trixie ;;
  *)
    echo "lab/image/build.sh: expected Debian 12 or 13, got $release" >&2
    exit 2
    ;;
esac

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

if ! docker image inspect "$tag" >/dev/null 2>&1; then
  mirror=
  base=debian:$codename
  if ! docker image inspect "$base" >/dev/null 2>&1 && ! docker pull --quiet "$base" >&2; then
    echo "no image can be pulled: debootstrap makes Debian $release" >&2
    mirror=$(sh "$here/mirror.sh")
    base=$(sh "$here/bootstrap.sh" "$release" "$codename" "$mirror" "$packages")
  fi
  cp "$here/Dockerfile" "$here"/*.sh "$context"
  mkdir "$context/certificates"
  for certificate in /usr/local/share/ca-certificates/*.crt; do
    [ ! -e "$certificate" ] || cp "$certificate" "$context/certificates/"
  done
  docker build --force-rm --tag "$tag" --build-arg BASE="$base" --build-arg MIRROR="$mirror" \
    --build-arg PACKAGES="$packages" "$context" >&2
fi
docker tag "$tag" "minirack-debian:$release"
docker image inspect --format '{{.Id}}' "$tag"
