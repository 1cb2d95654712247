# shellcheck shell=sh
# What `scripts/reboot` asks a node, without root: which boot this is, and how far it is. Changes nothing.

# Containers share their computer's kernel and its boot id: the start of PID 1 tells their boots apart.
tell_boot() {
  printf 'boot\t%s %s\n' "$(cat /proc/sys/kernel/random/boot_id)" "$(cut -d ' ' -f 22 /proc/1/stat)"
  printf 'kernel\t%s\n' "$(cat /proc/sys/kernel/random/boot_id)"
  printf 'machine\t%s\n' "$(cat /etc/machine-id)"
  ! systemd-detect-virt --container --quiet || printf 'container\tyes\n'
  printf 'state\t%s\n' "$(systemctl is-system-running || true)"
  systemctl list-units --failed --no-legend --plain --no-pager | while read -r unit _; do printf 'failed\t%s\n' "$unit"; done
  printf 'reason\t%s\n' "$(reboot_reason)"
  printf 'end\n'
}
