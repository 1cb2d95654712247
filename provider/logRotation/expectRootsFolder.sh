# shellcheck shell=sh disable=SC2154 # after the prelude's hands.sh
# expectRootsFolder LOG: before root copies and empties a log. Whoever may exchange a folder on the way to it would choose
# what root empties.
set -eu
open=$(open_folder "$1")
[ -z "$open" ] ||
  refuse "nobody but root to write to ${open##*"$tab"}, as root rotates $1" "a folder that others may write to" "write its owner (owner: user:group) in logRotation"
