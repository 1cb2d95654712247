# shellcheck shell=sh
# What `scripts/reboot` types on a node, after the prelude, as root, under the lock of apt.

# reboot_node: once no dpkg is at work
reboot_node() {
  waited=0
  until dpkg_rests; do
    [ "$waited" -lt "${lock_seconds:-600}" ] || { echo "dpkg is still at work after $waited s" >&2; exit 1; }
    sleep 1; waited=$((waited + 1))
  done
  looked
  systemctl reboot
}

# Whoever works with dpkg holds this file's lock; a transaction of ours may outlive the process that began it.
dpkg_rests() {
  ! systemctl is-active --quiet minirack-apt.service || return 1
  [ -e /var/lib/dpkg/lock-frontend ] || return 0
  ! grep -q ":$(stat -c %i /var/lib/dpkg/lock-frontend) " /proc/locks
}
