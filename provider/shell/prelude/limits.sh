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
