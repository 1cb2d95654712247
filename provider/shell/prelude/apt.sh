# shellcheck shell=sh disable=SC2154,SC2046,SC2086 # $record is set by each script; package names hold no spaces
# apt. `$record.added` lists the packages that we brought to the node, dependencies too. dpkg runs under systemd:
# a cut connection or a killed controller never leaves it half way.

apt() { apt-get -q -y "$@"; }

# apt_run ACTION...: apt-get in a transaction. apt waits for dpkg's lock itself, for that of its lists it does not.
apt_run() {
  tried=0
  until transaction apt 900 apt-get -q -y -o DPkg::Lock::Timeout="${lock_seconds:-600}" \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"; do
    grep -q 'Could not get lock /var/lib/apt/lists' /run/minirack-apt.log || return 1
    [ "$tried" -lt "${lock_seconds:-600}" ] || return 1
    sleep 1; tried=$((tried + 1))
  done
}
is_locked_out() { grep -q 'Could not get lock' /run/minirack-apt.log; }

# apt_mend: ends what a killed dpkg has left half way; without that apt refuses all work. What cannot be configured lacks
# a package that was not unpacked any more, or is somebody's who is at work: apt gets the one, and waits for the other.
apt_mend() {
  [ -z "$(dpkg --audit)$(find /var/lib/dpkg/updates -type f)" ] || transaction apt 900 dpkg --configure -a ||
    apt_run --fix-broken install
}

# simulate PACKAGE...: what apt would do to install them; simulated ACTION: the packages that it would newly install (Inst)
# or remove (Remv) then
simulate() { simulation=$(apt -s install "$@"); }
simulated() {
  printf '%s\n' "$simulation" | awk -v action="$1" '$1 == action && (action != "Inst" || $3 !~ /^\[/) { sub(/:.*/, "", $2); print $2 }'
}
would_purge() { apt -s purge "$@" | awk '$1 == "Purg" || $1 == "Remv" { sub(/:.*/, "", $2); print $2 }'; }

apt_install() {
  apt_mend
  find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 2>/dev/null | grep -q . || apt_run update
  simulate "$@" || { apt_run update; simulate "$@"; }
  note_absent $(simulated Inst)
  note_displaced $(simulated Remv)
  touch "$record.added"
  simulated Inst | awk NF | sort -u - "$record.added" > "$record.added.new"
  sync "$record.added.new"; mv -f "$record.added.new" "$record.added"
  apt_run install "$@" || { ! is_locked_out && apt_run update && apt_run install "$@"; }
}

# note_displaced PACKAGE...: those that go because ours conflict with them, in `$record.displaced`: package, auto | manual
note_displaced() {
  for package in "$@"; do
    grep -qsxF -e "$package" "$record.added" || grep -qs "^$package " "$record.displaced" ||
      echo "$package $(if [ -n "$(apt-mark showauto "$package")" ]; then echo auto; else echo manual; fi)" >> "$record.displaced"
  done
}

# bring_back: what ours had displaced and no longer conflict with
bring_back() {
  [ -e "$record.displaced" ] || return 0
  while read -r package mark; do
    if simulate "$package" < /dev/null && [ -z "$(simulated Remv)" ]; then
      apt_run install "$package" < /dev/null >&2
      apt-mark "$mark" "$package" < /dev/null >&2
    else echo "$package $mark"; fi
  done < "$record.displaced" > "$record.displaced.new"
  mv -f "$record.displaced.new" "$record.displaced"
  [ -s "$record.displaced" ] || rm -f "$record.displaced"
}

# needed_by PACKAGE...: what these depend on, installed and recursive; needs_and_likes: recommended ones too
needed_by() { [ $# -eq 0 ] || apt-cache depends --recurse --installed --important "$@" | awk '/^[a-z0-9]/ { sub(/:.*/, ""); print }'; }
needs_and_likes() {
  [ $# -eq 0 ] || apt-cache depends --recurse --installed --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" |
    awk '/^[a-z0-9]/ { sub(/:.*/, ""); print }'
}

# apt_purge PACKAGE... -- KEPT...: purges what we brought and nobody else needs or asked apt for since
apt_purge() {
  asked=
  while [ "$1" != -- ]; do asked="$asked $1"; shift; done
  shift
  apt_mend
  work=$(mktemp -d)
  dpkg-query -W -f='${Package} ${db:Status-Status}\n' | awk '$2 == "installed" || $2 == "config-files" { print $1 }' | sort -u > "$work/present"
  touch "$record.added"
  ours=$(comm -12 "$work/present" "$record.added")
  printf '%s\n' $asked "$@" | sort -u > "$work/asked"
  kept_ours=$(printf '%s\n' "$@" | sort -u | comm -12 - "$record.added")
  theirs=$(apt-mark showmanual | sort -u | comm -12 - "$record.added" | comm -23 - "$work/asked")
  needs_and_likes $kept_ours $theirs | sort -u > "$work/keep"
  printf '%s\n' $ours | comm -23 - "$work/keep" > "$work/purge"
  [ ! -s "$work/purge" ] || would_purge $(cat "$work/purge") | sort -u | comm -23 - "$work/purge" > "$work/foreign"
  if [ -s "$work/foreign" ]; then
    needed_by $(cat "$work/foreign") | sort -u > "$work/keep"
    comm -23 "$work/purge" "$work/keep" > "$work/purge.less"; mv "$work/purge.less" "$work/purge"
  fi
  stop_left $(cat "$work/purge")
  [ ! -s "$work/purge" ] || apt_run purge $(cat "$work/purge")
  comm -23 "$record.added" "$work/purge" > "$record.added.new"
  mv -f "$record.added.new" "$record.added"
  [ -s "$record.added" ] || rm -f "$record.added"
  clean_left
  bring_back
  rm -rf "$work"
}
