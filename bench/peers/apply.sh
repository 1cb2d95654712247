# shellcheck shell=sh
# The settings of the bench as one would type them: one script for a node, fed to `sudo sh -s` over ssh. Changes what is not so, and
# says what it changes. $1 is the node's name, $2 the key of the user worker.
set -eu
export DEBIAN_FRONTEND=noninteractive
node=$1
key=$2
limits=/etc/security/limits.d/90-bench.conf
keys=/home/worker/.ssh/authorized_keys
values=/etc/sysctl.d/90-bench.conf

says() { echo "$node: changes $1"; }
limits_text() { printf '* soft nofile 65536\n* hard nofile 65536\n'; }

installed=$(dpkg-query -W -f '${db:Status-Status}\n' tmux jq redis-server 2>/dev/null | grep -c '^installed$') || true
if [ "$installed" != 3 ]; then
  says packages
  apt-get install -qq -y tmux jq redis-server >/dev/null
fi
if ! getent passwd worker | grep -q ':/bin/bash$'; then
  says user
  useradd --create-home --shell /bin/bash worker
fi
if [ "$(stat -c '%U %a' /srv/data 2>/dev/null)" != 'worker 755' ]; then
  says folder
  install -d -o worker -m 755 /srv/data
fi
if ! limits_text | cmp -s - $limits; then
  says limits
  limits_text >$limits
fi
for pair in net.ipv4.tcp_fin_timeout=30 net.ipv4.tcp_keepalive_time=600; do
  if [ "$(sysctl -n "${pair%=*}")" != "${pair#*=}" ] || ! grep -qsxF $pair $values; then
    says "${pair%=*}"
    echo $pair >>$values
    sysctl -q -w $pair
  fi
done
if ! grep -qsxF "$key" $keys; then
  says key
  install -d -m 700 -o worker -g worker /home/worker/.ssh
  echo "$key" >>$keys
  chown worker: $keys
  chmod 600 $keys
fi
if ! systemctl is-active --quiet redis-server || ! systemctl is-enabled --quiet redis-server; then
  says redis
  systemctl enable --quiet --now redis-server
fi
