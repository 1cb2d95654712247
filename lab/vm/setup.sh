#!/bin/sh
# Runs in a container of the lab's image: adds what a computer has and a container has not.
set -eu
export DEBIAN_FRONTEND=noninteractive

# The disk's driver and file system are all that is needed to find the rest.
mkdir -p /etc/initramfs-tools/conf.d
echo 'MODULES=list' >/etc/initramfs-tools/conf.d/lab
printf '%s\n' virtio_pci virtio_blk ext4 crc32c_generic >/etc/initramfs-tools/modules

# apt's lists stay, as an installed computer has them; an emulated one reads long descriptions for minutes.
echo 'Acquire::Languages "none";' >/etc/apt/apt.conf.d/90lab
apt-get update -q
apt-get install -y -q -o Dpkg::Options::=--force-confold --no-install-recommends linux-image-cloud-amd64 initramfs-tools zstd e2fsprogs netplan.io
apt-get clean
rm -rf /var/log/*.log /var/log/apt/* /etc/*-

# As Debian's own images for machines have it: netplan writes networkd's files, and holds the control interface alone.
install -m 0600 /dev/null /etc/netplan/50-installer.yaml
cat >/etc/netplan/50-installer.yaml <<'NETPLAN'
network:
  version: 2
  ethernets:
    eth0:
      dhcp4: true
NETPLAN
systemctl enable --quiet systemd-networkd
printf '/dev/vda / ext4 errors=remount-ro 0 1\n' >/etc/fstab
mkdir -p /disk /usr/lib/minirack-lab/vm/keys
chmod 0755 /usr/lib/minirack-lab/vm/boot.sh

# Root's own way in, past all that is provisioned: a port, keys and settings that no setting of minirack touches.
cat >/etc/systemd/system/lab-root.service <<'UNIT'
[Unit]
Description=The lab's own way in
After=network.target

[Service]
ExecStartPre=mkdir -p /run/sshd
ExecStart=/usr/sbin/sshd -D -f /usr/lib/minirack-lab/vm/sshd_config
Restart=always
OOMScoreAdjust=-1000

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --quiet lab-root.service
