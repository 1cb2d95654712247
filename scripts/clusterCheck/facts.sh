# shellcheck shell=sh
# What `scripts/check` asks a node: a line per fact, a tab between its name and its value. Changes nothing and needs no root.
# `$peers` has the link addresses of the other nodes, one word each; reboot_reason comes from scripts/nodes/rebootReason.sh.
# shellcheck source=/dev/null
fact() { printf '%s\t%s\n' "$1" "$2"; }

linux_facts() {
  fact system "$(. /etc/os-release; printf %s "$PRETTY_NAME")"
  fact family "$(. /etc/os-release; printf %s "$ID ${ID_LIKE:-}")"
  processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  [ -n "$processor" ] || processor=$(lscpu 2>/dev/null | sed -n 's/^Model name: *//p' | head -n 1)
  fact processor "$processor"
  fact cores "$(nproc)"
  fact memoryKib "$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)"
  fact uptimeSeconds "$(cut -d ' ' -f 1 /proc/uptime)"
  reason=$(reboot_reason)
  [ -z "$reason" ] || fact reboot "$reason"
  ! command -v apt-get > /dev/null || fact apt found
  if command -v docker > /dev/null; then
    if said=$(timeout 10 docker info --format '{{.Architecture}} {{.OperatingSystem}}' 2>&1); then
      fact engine "$said"
    else
      fact engineRefusal "$(printf '%s\n' "${said:-no answer within 10 s}" | tail -n 1)"
    fi
  fi
  ip -o addr show | while read -r _ name _ address _; do fact address "$name $address"; done
  fact nrOpen "$(cat /proc/sys/fs/nr_open)"
  fact swapKib "$(awk '$2 == "file" { sum += $3 } END { print sum + 0 }' /proc/swaps)"
  if [ -d /run/systemd/system ]; then
    systemctl list-units --state=failed --plain --no-legend | head -n 20 |
      while read -r unit _; do fact failedUnit "$unit"; done
  fi
  for record in /var/lib/minirack/*.json; do
    [ ! -f "$record" ] || fact record "$(basename "$record" .json) $(record_owner "$record")"
  done
}

# PROJECT/STACK and the id, which version 0.1.0 did not write, out of the head of a record
record_owner() {
  sed -n '1s/^{"version":[0-9]*,"stack":"\([^"]*\)",\("id":"\([^"]*\)"\)\{0,1\}.*/\1 \3/p' "$1"
}

macos_facts() {
  fact system "$(sw_vers -productName) $(sw_vers -productVersion)"
  fact family macos
  fact processor "$(sysctl -n machdep.cpu.brand_string)"
  fact cores "$(sysctl -n hw.ncpu)"
  fact memoryKib "$(($(sysctl -n hw.memsize) / 1024))"
  booted=$(sysctl -n kern.boottime | sed 's/.* sec = \([0-9]*\),.*/\1/')
  fact uptimeSeconds "$(($(date +%s) - booted))"
  ifconfig | awk '/^[a-z]/ { name = $1; sub(":$", "", name) } $1 == "inet" { print name, $2 }' |
    while read -r name address; do fact address "$name $address"; done
}

fact clock "$(date +%s.%N)"
fact architecture "$(uname -m)"
if [ "$(uname -s)" = Darwin ]; then macos_facts; else linux_facts; fi
fact disk "$(df -Pk / | awk 'END { print $2, $4 }')"
if command -v ping > /dev/null; then
  for peer in ${peers:-}; do
    { if ping -n -q -c 1 -W 2 "$peer" > /dev/null 2>&1; then fact reached "$peer"; else fact unreached "$peer"; fi; } &
  done
  wait
fi
fact end end
