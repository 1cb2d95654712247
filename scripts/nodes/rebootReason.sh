# shellcheck shell=sh
# Whether a Linux node waits for a reboot. Changes nothing and needs no root.

# reboot_reason: why one is due, in a few words; nothing where none is. A container runs the kernel of its computer.
reboot_reason() {
  if [ -e /run/reboot-required ]; then
    updated=$(sort -u /run/reboot-required.pkgs 2>/dev/null | paste -sd ' ' -) || true
    echo "an update${updated:+ of $updated} waits for it"
  elif ! systemd-detect-virt --container --quiet 2>/dev/null; then
    kernel_reason
  fi
}

# Debian itself leaves no word of a new kernel: the newest of those installed, of the kind that runs, is compared.
kernel_reason() {
  running=$(uname -r)
  kind=$(kernel_kind "$running")
  newest=$(installed_kernels | while read -r one; do [ "$(kernel_kind "$one")" != "$kind" ] || echo "$one"; done | sort -V | tail -n 1)
  case $newest in
    '' | "$running") ;;
    *) echo "kernel $newest is installed, $running runs" ;;
  esac
}
installed_kernels() {
  # shellcheck disable=SC2016 # dpkg's own words
  dpkg-query -W -f='${db:Status-Status} ${Package}\n' 'linux-image-[0-9]*' 2>/dev/null |
    sed -n 's/^installed linux-image-\(unsigned-\)\{0,1\}//p'
}
# 6.1.0-18-amd64 and 6.12.48+deb13-amd64 are of kind amd64
kernel_kind() { echo "$1" | sed -E 's/^[0-9][0-9.]*(\+[a-z0-9]+)?(-[0-9][0-9a-z.]*)?-//'; }
