# shellcheck shell=sh disable=SC2154,SC2046,SC2086 # $record is set by each script; package names hold no spaces
# apt. `$record.added` lists the packages that we brought to the node, dependencies too. dpkg runs under systemd:
# a cut connection or a killed controller never leaves it half way.

apt() { apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"; }
apt_run() { transaction apt 900 apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"; }

# would ACTION PACKAGE...: the packages that apt would newly install (Inst) or remove (Purg)
would_install() {
  simulation=$(apt -s install "$@") || return 1
  printf '%s\n' "$simulation" | awk '$1 == "Inst" && $3 !~ /^\[/ { sub(/:.*/, "", $2); print $2 }'
}
would_purge() { apt -s purge "$@" | awk '$1 == "Purg" || $1 == "Remv" { sub(/:.*/, "", $2); print $2 }'; }

apt_install() {
  dpkg --audit | grep -q . && transaction apt 900 dpkg --configure -a
  find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 2>/dev/null | grep -q . || apt_run update
  planned=$(would_install "$@") || { apt_run update; planned=$(would_install "$@"); }
  touch "$record.added"
  printf '%s\n' "$planned" | awk NF | sort -u - "$record.added" > "$record.added.new"
  sync "$record.added.new"; mv -f "$record.added.new" "$record.added"
  apt_run install "$@" || { apt_run update; apt_run install "$@"; }
}

# needed_by PACKAGE...: what these depend on, installed and recursive; needs_and_likes: recommended ones too
needed_by() { [ $# -eq 0 ] || apt-cache depends --recurse --installed --important "$@" | awk '/^[a-z0-9]/ { sub(/:.*/, ""); print }'; }
needs_and_likes() {
  [ $# -eq 0 ] || apt-cache depends --recurse --installed --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" |
    awk '/^[a-z0-9]/ { sub(/:.*/, ""); print }'
}

# apt_purge PACKAGE... -- KEPT...: purges what we brought and nobody else needs
apt_purge() {
  while [ "$1" != -- ]; do shift; done
  shift
  work=$(mktemp -d)
  dpkg-query -W -f='${Package} ${db:Status-Status}\n' | awk '$2 == "installed" || $2 == "config-files" { print $1 }' | sort -u > "$work/present"
  touch "$record.added"
  ours=$(comm -12 "$work/present" "$record.added")
  kept_ours=$(printf '%s\n' "$@" | sort -u | comm -12 - "$record.added")
  needs_and_likes $kept_ours | sort -u > "$work/keep"
  printf '%s\n' $ours | comm -23 - "$work/keep" > "$work/purge"
  [ ! -s "$work/purge" ] || would_purge $(cat "$work/purge") | sort -u | comm -23 - "$work/purge" > "$work/foreign"
  if [ -s "$work/foreign" ]; then
    needed_by $(cat "$work/foreign") | sort -u > "$work/keep"
    comm -23 "$work/purge" "$work/keep" > "$work/purge.less"; mv "$work/purge.less" "$work/purge"
  fi
  [ ! -s "$work/purge" ] || apt_run purge $(cat "$work/purge")
  comm -23 "$record.added" "$work/purge" > "$record.added.new"
  mv -f "$record.added.new" "$record.added"
  [ -s "$record.added" ] || rm -f "$record.added"
  rm -rf "$work"
}
