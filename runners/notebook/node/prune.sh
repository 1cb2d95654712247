#!/bin/sh
# Takes away what runs have left on this node as a cache, and none has used for a number of days: their images, and their
# environments of native mode, which stay while any run is there. Runs as the user whose runs they are.
# usage: prune.sh DAYS
set -eu
days=$1
oldest=$(date --date "-$days days" +%s)

# Removes an image by all its names, unless it is new, a run has named it lately, or a container is made of it.
prune_image() {
  times=$(docker image inspect --format '{{.Created}} {{json .Metadata.LastTagTime}}' "$1" | tr -d '"')
  for time in $times; do
    [ "$(date --date "$time" +%s)" -le "$oldest" ] || return 0
  done
  [ -z "$(docker ps --all --quiet --filter "ancestor=$1")" ] || return 0
  docker image inspect --format '{{range .RepoTags}}{{println .}}{{end}}{{range .RepoDigests}}{{println .}}{{end}}' "$1" |
    sed '/^$/d' | xargs -r docker image rm > /dev/null
}

# Removes an environment unless a run has used it lately.
prune_environment() {
  [ -n "$(find "$1/ready" -mmin "+$((days * 24 * 60))")" ] || return 0
  rm "$1/ready" # what is left of an interrupted removal is made anew
  rm -r "$1"
}

for image in $(docker image ls --quiet --no-trunc --filter label=minirack.notebook | sort -u); do
  prune_image "$image"
done
[ -z "$(ls -A /srv/minirack/runs)" ] || exit 0
for ready in "$HOME"/.cache/minirack/environments/*/ready; do
  [ ! -e "$ready" ] || prune_environment "${ready%/ready}"
done
