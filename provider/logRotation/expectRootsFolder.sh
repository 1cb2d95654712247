#!/bin/sh
# expectRootsFolder LOG: before root copies and empties a log. Whoever may exchange a folder on the way to it would choose
# what root empties.
set -eu

# on_the_way PATH: the folders that it lies in, innermost first
on_the_way() {
  at=$1
  while [ "$at" != / ]; do at=$(dirname "$at"); printf '%s\0' "$at"; done
}

folder=$(dirname "$1")
others=$({ on_the_way "$1"; on_the_way "$(realpath "$folder")/log"; } |
  xargs -0 -I '{}' find '{}' -maxdepth 0 \( ! -uid 0 -o ! -type l \( -perm -002 -o -perm -020 -gid +999 \) \) -print | sed -n 1p)
[ -z "$others" ] || {
  echo "expected nobody but root to write to $others, as root rotates $1, got others who may; write its owner (owner: user:group) in logRotation" >&2
  exit 1
}
