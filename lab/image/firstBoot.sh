#!/bin/sh
# Once per node: what an installer leaves behind. /run/firstBoot is the lab's folder for this node, read-only.
set -eu
umask 022
user=$(cat /run/firstBoot/user)

# Random, because systemd would take it from the Docker host's hardware, the same for every node.
tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id

# As Debian's installer has it: Docker's line has an address that the next boot may not have.
cat >/etc/hosts <<HOSTS
127.0.0.1	localhost
127.0.1.1	$(cat /etc/hostname)

::1     localhost ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
HOSTS

useradd --create-home --shell /bin/bash --groups sudo "$user"
printf '%s:%s\n' "$user" "$(cat /run/firstBoot/passwordHash)" | chpasswd --encrypted
if [ "$(cat /run/firstBoot/sudo)" = withoutPassword ]; then
  printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\n' "$user" >"/etc/sudoers.d/$user"
  chmod 0440 "/etc/sudoers.d/$user"
fi
if [ -e /run/firstBoot/authorizedKeys ]; then
  install -d -m 0700 -o "$user" -g "$user" "/home/$user/.ssh"
  install -m 0600 -o "$user" -g "$user" /run/firstBoot/authorizedKeys "/home/$user/.ssh/authorized_keys"
fi

# Last, because they are the sign that all this is done.
ssh-keygen -q -A
