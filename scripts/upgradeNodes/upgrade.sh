# shellcheck shell=sh
# What `scripts/upgrade` does on a node: a line per thing that it tells, tabs between its name and its values.
tell() { printf '%s\t%s\t%s\t%s\n' "$1" "${2:-}" "${3:-}" "${4:-}"; }

# upgrade_node: after the prelude, as root, under the lock of apt
upgrade_node() {
  before=$(installed_versions)
  tell step "reads the package lists"
  apt_mend
  apt_run -o APT::Update::Error-Mode=any update
  would=$(would_upgrade)
  if [ -n "$would" ]; then
    tell step "packages to upgrade: $(printf '%s\n' "$would" | grep -c .)"
    tell_set_up &
    apt_run --with-new-pkgs upgrade
  fi
  { printf '%s\n--\n' "$before"; installed_versions; } | changed_versions
  tell_end
}

# look_for_upgrades: the same as far as it can be told by who changes nothing: with package lists in a folder of their own
look_for_upgrades() {
  lists=$(mktemp -d)
  trap 'rm -rf "$lists"' EXIT
  tell step "reads the package lists, aside"
  set -- -o Dir::State::lists="$lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Update::Error-Mode=any
  said=$(apt-get -q "$@" update 2>&1) || { printf '%s\n' "$said" | tail -n 6 >&2; exit 1; }
  would_upgrade "$@"
  tell_end "$@"
}

# would_upgrade OPTION...: a line per package that would be upgraded, or newly installed for that
would_upgrade() {
  apt-get -s "$@" --with-new-pkgs upgrade | awk '$1 == "Inst" {
    old = ""; if ($3 ~ /^\[/) old = substr($3, 2, length($3) - 2)
    new = $3 ~ /^\[/ ? $4 : $3
    printf "upgraded\t%s\t%s\t%s\n", $2, old, substr(new, 2) }'
}
would_keep_back() {
  apt-get -s "$@" --with-new-pkgs upgrade |
    awk '/^[^ ]/ { kept = /kept back/ } /^ / && kept { for (i = 1; i <= NF; i++) print "keptBack\t" $i }'
}
tell_end() {
  would_keep_back "$@"
  tell reboot "$(reboot_reason)"
  tell end
}

# shellcheck disable=SC2016 # dpkg's own words
installed_versions() {
  dpkg-query -W -f='${db:Status-Status}\t${binary:Package}\t${Version}\n' | awk -F '\t' '$1 == "installed" { print $2 "\t" $3 }'
}
changed_versions() {
  awk -F '\t' '$0 == "--" { isAfter = 1; next } !isAfter { was[$1] = $2; next }
    was[$1] != $2 { printf "upgraded\t%s\t%s\t%s\n", $1, was[$1], $2 }'
}

# tell_set_up: each package that dpkg sets up, while the script runs
tell_set_up() {
  tail -q -n 0 -F --pid=$$ /run/minirack-apt.log 2>/dev/null | while read -r setting up package _; do
    [ "$setting $up" != "Setting up" ] || tell "setUp" "$package"
  done
}
