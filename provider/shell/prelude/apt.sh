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
  [ -z "$(dpkg --audit)$(find /var/lib/dpkg/updates -type f)" ] || transaction apt 900 dpkg --configure -a || {
    simulate --fix-broken
    expect_none_go
    apt_run --fix-broken install
  }
}

# apt_update: a source that cannot be read is no reason to do without the others
apt_update() { apt_run update || tell "apt could not read all its sources: $(grep '^E: ' /run/minirack-apt.log | head -n 1 | cut -c 4-)"; }

package_state() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true; }

# show_packages PACKAGE...: package and state; where another Docker engine serves, docker.io counts as there
show_packages() {
  [ $# -gt 0 ] || return 0
  dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || [ $? -eq 1 ]
  case " $* " in *" docker.io "*) [ -z "$(other_engine)" ] || echo "docker.io installed" ;; esac
}

# simulate PACKAGE...: what apt would do to install them; simulated ACTION: the packages that it would newly install (Inst)
# or remove (Remv) then
simulate() { simulation=$(apt -s install "$@"); }
simulated() {
  printf '%s\n' "$simulation" | awk -v action="$1" '$1 == action && (action != "Inst" || $3 !~ /^\[/) { sub(/:.*/, "", $2); print $2 }'
}
would_purge() { apt -s --allow-change-held-packages purge "$@" | awk '$1 == "Purg" || $1 == "Remv" { sub(/:.*/, "", $2); print $2 }'; }

apt_install() {
  apt_mend
  find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 2>/dev/null | grep -q . || apt_update
  simulate --allow-change-held-packages "$@" || { apt_update; simulate --allow-change-held-packages "$@"; }
  expect_package_names "$@"
  expect_none_held
  expect_none_go
  note_absent $(simulated Inst)
  note_configured $(simulated Inst)
  note_displaced $(simulated Remv)
  touch "$record.added"
  simulated Inst | awk NF | sort -u - "$record.added" > "$record.added.new"
  keep_note "$record.added"
  # `return`, as set -e passes over a failure behind `!` or before `&&`
  apt_run install "$@" || { ! is_locked_out && apt_run update && apt_run install "$@"; } || return
  sync -f -- "$records" # dpkg syncs what it unpacks, the packages' own scripts sync nothing
}

# expect_package_names PACKAGE...: apt takes another name of a package for it, and dpkg does not know that name afterwards
expect_package_names() {
  for package in "$@"; do
    [ "$(package_state "$package")" != installed ] || continue
    ! printf '%s\n' "$simulation" | awk '$1 == "Inst" || $1 == "Conf" { sub(/:.*/, "", $2); print $2 }' | grep -qxF -e "$package" || continue
    other=$(apt-cache showpkg "$package" | sed '1,/^Reverse Provides/d; s/ .*//' | head -n 1)
    [ -z "$other" ] || refuse "the name of a package" "$package, which is another name of $other" "write $other"
  done
}

# expect_none_held: somebody told apt to leave a package as it is, or away
expect_none_held() {
  for package in $(apt-mark showhold); do
    ! printf '%s\n' "$simulation" | awk '$1 == "Inst" || $1 == "Remv" { print $2 }' | grep -qxF -e "$package" -e "${package%:*}" ||
      refuse "packages that may change" "$package, which is held" "release it (apt-mark unhold $package), or leave out what needs it"
  done
}

# expect_none_go: nothing of others is removed for ours, but what does the same work and apt can bring back
expect_none_go() {
  losing=
  for package in $(simulated Remv); do
    is_replaced "$package" && is_offered "$package" || losing="$losing${losing:+, }$package"
  done
  [ -z "$losing" ] || refuse "packages that leave what is there" "apt that would remove $losing" "remove it yourself, or leave out what conflicts with it"
}

# is_replaced PACKAGE: whether one that would come provides a service of its: time-daemon
is_replaced() {
  provided_by "$1" > "/run/minirack-apt.provides"
  provided_by $(simulated Inst) | grep -qxF -f "/run/minirack-apt.provides"
}
provided_by() {
  apt-cache show --no-all-versions "$@" 2>/dev/null | sed -n 's/^Provides: //p' | tr ',' '\n' | sed 's/^ *//; s/ .*//' | awk NF | sort -u
}
# is_offered PACKAGE: whether a source of apt's has it in the version that is there
is_offered() {
  apt-cache madison "$1" | awk -F ' *[|] *' -v version="$(dpkg-query -W -f='${Version}' "$1")" '$2 == version { found = 1 } END { exit !found }'
}

# note_configured PACKAGE...: those that were removed before us and whose configuration is kept, in `$record.configured`
note_configured() {
  for package in "$@"; do
    grep -qsxF -e "$package" "$record.added" || was_configured "$package" ||
      [ "$(package_state "$package")" != config-files ] || echo "$package" >> "$record.configured"
  done
  [ ! -e "$record.configured" ] || sync -- "$record.configured"
}
was_configured() { grep -qsxF -e "$1" "$record.configured"; }

# note_displaced PACKAGE...: those that go because ours conflict with them, in `$record.displaced`: package, auto | manual
note_displaced() {
  for package in "$@"; do
    grep -qsxF -e "$package" "$record.added" || grep -qs "^$package " "$record.displaced" ||
      echo "$package $(if [ -n "$(apt-mark showauto "$package")" ]; then echo auto; else echo manual; fi)" >> "$record.displaced"
  done
  [ ! -e "$record.displaced" ] || sync -- "$record.displaced"
}

# bring_back: what ours had displaced and no longer conflict with
bring_back() {
  [ -e "$record.displaced" ] || return 0
  while read -r package mark; do
    if simulate "$package" < /dev/null && [ -z "$(simulated Remv)" ]; then
      apt_run install "$package" < /dev/null >&2
      apt-mark "$mark" "$package" < /dev/null >&2
    else
      echo "$package $mark"
      tell "$package, whose place was taken, does not come back: apt no longer offers it, or something is in its way; see apt-get install $package"
    fi
  done < "$record.displaced" > "$record.displaced.new"
  keep_note "$record.displaced"
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
  work=$(mktemp -d -p /run) # /tmp may be full
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
  leave_to_engine
  stop_left $(cat "$work/purge")
  remove_or_purge
  tell_staying
  comm -23 "$record.added" "$work/purge" > "$record.added.new"
  keep_note "$record.added"
  [ -s "$record.added" ] || rm -f "$record.added"
  clean_left
  bring_back
  rm -rf "$work"
}

# leave_to_engine: what another engine displaced is not purged: that would take the engine's data along
leave_to_engine() {
  case $(other_engine) in '' | docker.io) return 0 ;; esac
  grep -vxE 'docker\.io|containerd|runc' "$work/purge" > "$work/purge.less" || true
  mv "$work/purge.less" "$work/purge"
}

# tell_staying: what was to go and does not, with the reason
tell_staying() {
  for package in $asked; do
    if grep -qxF -e "$package" "$work/purge" || ! show_packages "$package" | grep -q ' installed$'; then continue; fi
    case $(package_state "$package") in
      installed) needs='other packages need it, or somebody asked apt for what recommends it' ;;
      *) needs="$(other_engine) took its place" ;;
    esac
    tell "$package stays: $needs"
  done
}

# remove_or_purge: a package that was there as configuration is that again. They were ours, whoever told apt to hold them.
remove_or_purge() {
  touch "$record.configured"
  sort -u "$record.configured" > "$work/configured"
  comm -12 "$work/purge" "$work/configured" > "$work/remove"
  comm -23 "$work/purge" "$work/configured" > "$work/whole"
  [ ! -s "$work/remove" ] || apt_run --allow-change-held-packages remove $(cat "$work/remove")
  [ ! -s "$work/whole" ] || apt_run --allow-change-held-packages purge $(cat "$work/whole")
}
