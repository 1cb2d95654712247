#!/bin/sh
# Runs at each boot of a lab node, before systemd: takes away what makes a container differ from a computer.
set -eu

# A container's /proc/sys is read-only: no sysctl would be set. So is its cgroup tree where it has one of its own (v2).
mount -o remount,rw /proc/sys
[ ! -e /sys/fs/cgroup/cgroup.controllers ] || mount -o remount,rw /sys/fs/cgroup

# Docker mounts its own files onto these three at each start: they could not be renamed onto and would lose our lines.
for name in hosts hostname resolv.conf; do
  cp "/etc/$name" "/dev/shm/$name"
  ! umount "/etc/$name" 2>/dev/null || [ -s "/etc/$name" ] || cat "/dev/shm/$name" >"/etc/$name"
  rm "/dev/shm/$name"
done

[ -s /etc/ssh/ssh_host_ed25519_key ] || sh /usr/lib/minirack-lab/firstBoot.sh

# The link is a cable without an address: provisioning gives it one. Docker insists on its own.
case "$(ip -4 route show default)" in
  *"dev eth0"*) ;;
  *)
    echo "expected the default route on eth0 and the link on eth1, found: $(ip -4 route show default)" >&2
    exit 1
    ;;
esac
ip address flush dev eth1
ip link set eth1 up

exec /sbin/init
