#!/bin/sh
# seed.sh LAB NAME: in the folder LAB, after firstContact.sh: vms/NAME/seed.tar, the second disk of a virtual machine's first
# boot, and what reaches its root past all that is provisioned: rootKey and knownHosts.
set -eu
umask 077
lab=$1
name=$2
vm=$lab/vms/$name
seed=$vm/seed
mkdir -p "$seed"
[ -s "$vm/rootKey" ] || ssh-keygen -q -t ed25519 -N '' -C minirack-lab-root -f "$vm/rootKey"
[ -s "$seed/hostKey" ] || ssh-keygen -q -t ed25519 -N '' -C '' -f "$seed/hostKey"
cp "$lab/firstBoot/$name"/* "$seed"
cp "$vm/rootKey.pub" "$seed/rootKeys"
echo "$name" >"$seed/hostname"
sed 's/^/minirack-lab-root /' "$seed/hostKey.pub" >"$vm/knownHosts"
tar -C "$seed" -cf "$vm/seed.tar" .
