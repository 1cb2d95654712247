#!/bin/sh
# The kernel's init: at the first boot what an installer leaves behind, from the second disk, then systemd.
set -eu
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
if [ ! -s /etc/ssh/ssh_host_ed25519_key ]; then
  mkdir -p /run/firstBoot
  tar --extract --no-same-owner --directory /run/firstBoot --file /dev/vdb
  install -m 0600 /run/firstBoot/hostKey /run/firstBoot/rootKeys -t /usr/lib/minirack-lab/vm/keys
  cp /run/firstBoot/hostname /etc/hostname
  sh /usr/lib/minirack-lab/firstBoot.sh
  sync
fi
exec /sbin/init
