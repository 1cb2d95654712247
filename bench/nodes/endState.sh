# shellcheck shell=sh
# Says of each setting of the bench whether it is so on this node. Changes nothing. $public_key is worker's, without its comment.
limits=/etc/security/limits.d/90-bench.conf
keys=/home/worker/.ssh/authorized_keys

# say_of SETTING COMMAND...: whether the command succeeds
say_of() {
  setting=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "$setting: yes"; else echo "$setting: no"; fi
}
is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" | grep -qx installed; }
has_user() { getent passwd worker | grep -q ':/bin/bash$'; }
has_folder() { [ "$(stat -c '%U %a' /srv/data)" = 'worker 755' ]; }
has_limits() { printf '* soft nofile 65536\n* hard nofile 65536\n' | cmp -s - $limits && [ "$(stat -c %a $limits)" = 644 ]; }
has_value() { [ "$(sysctl -n "$1")" = "$2" ] && grep -rqsE "^ *$1 *= *$2 *\$" /etc/sysctl.d; }
has_key() { grep -qF "${public_key:?}" $keys && [ "$(stat -c '%U %a' $keys)" = 'worker 600' ]; }
has_redis() { systemctl is-active redis-server && systemctl is-enabled redis-server; }

for package in tmux jq redis-server; do say_of "package $package" is_installed $package; done
say_of user has_user
say_of folder has_folder
say_of limits has_limits
say_of net.ipv4.tcp_fin_timeout has_value net.ipv4.tcp_fin_timeout 30
say_of net.ipv4.tcp_keepalive_time has_value net.ipv4.tcp_keepalive_time 600
say_of key has_key
say_of redis has_redis
