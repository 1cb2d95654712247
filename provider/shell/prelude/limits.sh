# shellcheck shell=sh disable=SC2154 # $user is set by core.sh
# Limits of processes: pam_limits gives them to sessions, systemd to services.

# limits_show: what our files say, what systemd gives a service that starts now, what PAM gives a session that starts now
limits_show() {
  sed -n 's/^\* \([a-z]*\) \([a-z]*\) /pam \2 \1 /p' /etc/security/limits.d/90-minirack.conf 2>/dev/null || true
  sed -n 's/^DefaultLimit\([A-Z]*\)=/file \1 /p' /etc/systemd/system.conf.d/90-minirack.conf 2>/dev/null || true
  systemctl show | sed -n 's/^DefaultLimit\([A-Z]*\)=/hard \1 /p; s/^DefaultLimit\([A-Z]*\)Soft=/soft \1 /p'
  runuser -u "$user" -- prlimit --noheadings --raw --output RESOURCE,SOFT,HARD | sed 's/^/session /'
}

# limits_reload: systemd reads its defaults again; services get them when they start next. daemon-reexec would drop the bus for
# a moment, in the middle of what other settings ask of systemctl.
limits_reload() { systemctl daemon-reload; }

# expect_limit NAME HARD UNIT: that the kernel lets a session have it: one that PAM cannot give shuts everybody out, sudo too
expect_limit() {
  most=unlimited cause='what this node has itself'
  has_resource_capability || most=$(prlimit --pid 1 --noheadings --raw --output RESOURCE,HARD | awk -v name="$1" -v unit="$3" '$1 == toupper(name) { print $2 == "unlimited" ? $2 : int($2 / unit) }')
  if [ "$1" = nofile ]; then
    open=$(cat /proc/sys/fs/nr_open)
    if is_below "$open" "$most"; then most=$open cause=fs.nr_open; fi
  fi
  ! is_below "$most" "$2" || refuse "$1 up to $most, which is $cause" "$2" "write less$([ "$cause" != fs.nr_open ] || echo ', or raise fs.nr_open under sysctl')"
}
is_below() { [ "$1" != unlimited ] && { [ "$2" = unlimited ] || [ "$1" -lt "$2" ]; }; }
# has_resource_capability: whether what starts sessions may raise limits; in a container it often may not
has_resource_capability() { [ $((0x$(awk '$1 == "CapEff:" { print $2 }' /proc/1/status) >> 24 & 1)) -eq 1 ]; }
