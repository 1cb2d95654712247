# shellcheck shell=sh
# Links, measured: which way traffic leaves, who answers over it, how much passes. Nothing of it stays on the node.

medium_of() { if [ -e "/sys/class/net/$1/wireless" ] || [ -e "/sys/class/net/$1/phy80211" ]; then echo wireless; else echo cable; fi; }

# show_medium INTERFACE: whether a link's own interface is wireless
show_medium() { printf 'medium\t%s\n' "$(medium_of "$1")"; }

# show_way NODE ADDRESS: the interface by which traffic to a node's link address leaves; nothing where there is no way
show_way() {
  way=$(ip -4 -o route get "$2" 2> /dev/null | sed -n 's/.* dev \([^ ]*\) .*/\1/p')
  [ -z "$way" ] || printf 'way\t%s\t%s\t%s\n' "$1" "$way" "$(medium_of "$way")"
}

# show_silent NODE ADDRESS OWN-ADDRESS: the node, if it does not answer over the link; where there is no ping nobody is asked
show_silent() {
  command -v ping > /dev/null || return 0
  ping -n -q -c 1 -W 2 -I "$3" "$2" > /dev/null 2>&1 || printf 'silent\t%s\n' "$1"
}

# round_trip ADDRESS OWN-ADDRESS: the shortest of five round trips in milliseconds; nothing where nobody answers
round_trip() { ping -n -q -c 5 -i 0.2 -W 1 -I "$2" "$1" | sed -n 's#^r.* = \([0-9.]*\)/.*#\1#p'; }

# link_listen ADDRESS: takes one measurement, at the first of nine ports that is free, and ends; iperf3 says the port
link_listen() {
  port=5201
  while ss -Hltn "sport = :$port" | grep -q . && [ "$port" -lt 5209 ]; do port=$((port + 1)); done
  timeout --foreground --kill-after=1 10 iperf3 --server --one-off --bind "$1" --port "$port" --forceflush
}

# link_send ADDRESS PORT OWN-ADDRESS: a second of traffic to there; iperf3's answer in JSON, its failures too
link_send() {
  timeout --foreground --kill-after=1 8 iperf3 --client "$1" --port "$2" --bind "$3" --time 1 --connect-timeout 3000 --json
}
