# shellcheck shell=sh
# Makes a node have none of the bench's settings, whoever made them. apt's lists are fresh and the packages downloaded, for every
# tool's way of telling that: no tool pays for the network.
export DEBIAN_FRONTEND=noninteractive
packages="tmux jq redis-server"
stamp=/var/lib/apt/periodic/update-success-stamp # what pyinfra and Ansible look at

[ -n "$(find /var/lib/apt/lists -name '*_Packages*' -mmin -600 -print -quit)" ] || apt-get update -qq
mkdir -p "${stamp%/*}"
touch "$stamp"
# shellcheck disable=SC2086 # names of packages
{
  apt-get purge -qq -y $packages
  apt-get autoremove -qq -y --purge
  apt-get install -qq -y --download-only $packages
} >/dev/null 2>&1
! getent passwd worker >/dev/null || userdel -r worker 2>/dev/null
rm -rf /srv/data /etc/security/limits.d/90-bench.conf /etc/sysctl.d/90-bench.conf /var/lib/redis /var/log/redis
sysctl -q -w net.ipv4.tcp_fin_timeout=60 net.ipv4.tcp_keepalive_time=7200
