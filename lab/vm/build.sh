#!/bin/sh
# build.sh IMAGE FOLDER: makes of a lab image the disk of a virtual machine, FOLDER/disk.img, and beside it the kernel and
# the initrd that it boots. Docker does it: nothing is mounted here, and nobody needs to be root.
set -eu
image=$1
folder=$2
here=$(dirname "$0")
in_image=/usr/lib/minirack-lab/vm
made=
disk=
container=$(docker create --entrypoint sh "$image" "$in_image/setup.sh")
# shellcheck disable=SC2086 # a container that was not made has no name
trap 'docker rm --force --volumes "$container" $disk >/dev/null; [ -z "$made" ] || docker rmi --force "$made" >/dev/null' EXIT

docker cp --quiet "$here" "$container:$in_image"
docker start --attach "$container" >&2

# What it holds goes as a tar to a container of the same tools, which makes a file system of it.
made=$(docker commit "$container")
disk=$(docker create --interactive --volume "$folder:/made" --entrypoint sh "$made" "$in_image/makeDisk.sh")
docker export "$container" | docker start --attach --interactive "$disk" >&2
