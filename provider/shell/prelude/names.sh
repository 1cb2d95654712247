# shellcheck shell=sh disable=SC2154 # $record is set by each script
# The node's own name, and names in /etc/hosts. Our lines there end in a mark; a line of others that gives one of our names to
# 127.0.1.1, as Debian's installer does, is set aside behind a mark while ours is there. `$record.hosts` and `$record.hostname`
# are copies of what was there before us.

hosts_file=$(followed_link /etc/hosts) || hosts_file=/etc/hosts # a link stays one
hostname_file=/etc/hostname

# hosts_awk: what scripts over /etc/hosts know of a line
# shellcheck disable=SC2016 # the dollars are awk's
hosts_awk='
  function is_ours() { return $0 ~ / # minirack$/ }
  function names(   i, all) { for (i = 2; i <= NF && $i !~ /^#/; i++) all = all " " $i; return substr(all, 2) }
  function has(all, one) { return index(" " tolower(all) " ", " " tolower(one) " ") > 0 }
  function shares(all, others,   i, n, each) { n = split(others, each, " "); for (i = 1; i <= n; i++) if (has(all, each[i])) return 1 }
'

# hosts_show ADDRESS...: address, its names in our lines, the number of a line of others that has one for another address
hosts_show() {
  [ -e "$hosts_file" ] || return 0
  wanted="$*" awk "$hosts_awk"'
    /^[ \t]*(#|$)/ { next }
    NR == FNR { if (is_ours() && has(ENVIRON["wanted"], $1)) ours[$1] = ours[$1] (ours[$1] == "" ? "" : " ") names(); next }
    !is_ours() { for (one in ours) if ($1 != one && shares(ours[one], names()) && !(one in other)) other[one] = FNR }
    END { for (one in ours) printf "%s\t%s\t%s\n", one, ours[one], other[one] }
  ' "$hosts_file" "$hosts_file"
}

# hostname_show: the name now, the one at the next boot, and `yes` where /etc/hosts has the first
hostname_show() {
  now=$(cat /proc/sys/kernel/hostname)
  printf 'hostname\t%s\t%s\t%s\n' "$now" "$(hostname_in "$hostname_file")" "$(! hosts_have "$now" || echo yes)"
}
hostname_in() { sed 's/#.*//' "$1" 2>/dev/null | tr -d ' \t\r' | grep -m 1 . || true; }
hosts_have() { name=$1 awk "$hosts_awk"'/^[ \t]*#/ { next } has(names(), ENVIRON["name"]) { found = 1 } END { exit !found }' "$hosts_file" 2>/dev/null; }

# hostname_set NOW KEPT: the name now, and at the next boot; without KEPT no file gives one
hostname_set() {
  [ -e "$record.hostname" ] || {
    cp -p "$hostname_file" "$record.hostname.new" 2>/dev/null || : > "$record.hostname.new"
    keep_note "$record.hostname"
  }
  if [ "$(hostname_in "$record.hostname")" != "${2:-}" ]; then put "$hostname_file" 0644 root:root "$2
"
  elif [ -s "$record.hostname" ]; then mv -f "$record.hostname" "$hostname_file"
  else rm -f "$record.hostname" "$hostname_file"; fi
  printf %s "$1" > /proc/sys/kernel/hostname
}

# hosts_set HOSTNAME [LINE...]: our lines in the place of those that were there; one more for HOSTNAME where nobody has it
hosts_set() { locked write_hosts "$@"; }
write_hosts() {
  expect_closed "$hosts_file"
  [ -e "$hosts_file" ] || { note_made "$hosts_file"; : > "$hosts_file"; }
  [ -e "$record.hosts" ] || { cp -p "$hosts_file" "$record.hosts.new" && keep_note "$record.hosts"; }
  hostname=$1; shift
  lines=$(printf '%s\n' "$@")
  expect_own_names "$lines"
  beside=$(dirname "$hosts_file")/.minirack.hosts
  { cp -p "$hosts_file" "$beside" && hosts_with "$hostname" "$lines" > "$beside" && sync "$beside"; } || { rm -f "$beside"; return 1; }
  if grep -q '# minirack' "$beside"; then mv -f "$beside" "$hosts_file"; return 0; fi
  # without ours it is as it was, to the end of its last line, unless others changed theirs
  if [ "$(cat "$beside")" = "$(cat "$record.hosts")" ]; then mv -f "$record.hosts" "$beside"; fi
  mv -f "$beside" "$hosts_file"
  rm -f "$record.hosts"
}
hosts_with() {
  hostname=$1 lines=$2 awk "$hosts_awk"'
    BEGIN {
      n = split(ENVIRON["lines"], line, "\n")
      for (i = 1; i <= n; i++) { $0 = line[i]; ours = ours " " names() }
    }
    is_ours() { next }
    { sub(/^# minirack: /, "") }
    $1 == "127.0.1.1" && shares(ours, names()) { $0 = "# minirack: " $0 }
    !/^[ \t]*#/ { theirs = theirs " " names() }
    { print }
    END {
      if (ENVIRON["lines"] != "") print ENVIRON["lines"]
      if (ENVIRON["hostname"] != "" && !has(ours theirs, ENVIRON["hostname"])) printf "127.0.1.1\t%s # minirack\n", ENVIRON["hostname"]
    }
  ' "$hosts_file"
}

# expect_own_names LINES: refuses a name that somebody else gives to another address
expect_own_names() {
  taken=$(lines=$1 file=$hosts_file awk "$hosts_awk"'
    BEGIN {
      n = split(ENVIRON["lines"], line, "\n")
      for (i = 1; i <= n; i++) { $0 = line[i]; address[i] = $1; ours[i] = names() }
    }
    /^[ \t]*#/ || is_ours() || $1 == "127.0.1.1" { next }
    { for (i = 1; i <= n; i++) if ($1 != address[i] && shares(ours[i], names())) {
        printf "expected nobody else to have a name of %s (%s), got %s:%d (%s)", address[i], ours[i], ENVIRON["file"], FNR, $0; exit
    } }' "$hosts_file")
  [ -z "$taken" ] || { echo "$taken; take it out there, or choose another name" >&2; return 1; }
}
