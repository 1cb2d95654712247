/**
 * sh function `open_way PATH`: prints the first folder on the way to PATH, links followed, by which somebody else than root and the user
 * could put another folder in PATH's place. Docker, which is root, would bind that one into a run, whoever may enter what is above it.
 */
export const openWay = `open_way() {
  namei -om -- "$1" | awk -v me="$(id -un)" -v group="$(id -gn)" '
    NR == 1 { next }
    open != "" { exit }
    {
      isTheirs = $2 != "root" && $2 != me
      if (isSticky && isTheirs) { open = at " (" $2 " may rename what is theirs there)"; exit }
      isSticky = 0
      name = $0
      sub(/^ *[^ ]+ +[^ ]+ +[^ ]+ +/, "", name)
      if ($1 !~ /^d/) next
      if (name == "/") at = ""
      else if (name == "..") sub("/[^/]*$", "", at)
      else if (name != ".") at = at "/" name
      canWrite = substr($1, 9, 1) == "w" || (substr($1, 6, 1) == "w" && $3 != "root" && $3 != group)
      if (canWrite && $1 ~ /[tT]$/ && !isTheirs) isSticky = 1
      else if (canWrite || isTheirs) { open = at " (" $2 ":" $3 " " $1 ")"; last = NR }
    }
    END { if (open != "" && last != NR) print open }'
}
`;
