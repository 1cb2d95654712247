# shellcheck shell=sh disable=SC2154,SC2086 # $record is set by each script
# What Docker does to a node's firewall and to what its kernel forwards. `$record.forwarding` says how both were before its
# first start: `value PATH N`, `FAMILY policy FORWARD TARGET`, and each rule and chain as `FAMILY TABLE -A …`.

docker_chains='DOCKER DOCKER-USER DOCKER-ISOLATION DOCKER-ISOLATION-STAGE-1 DOCKER-ISOLATION-STAGE-2'

# rules_of FAMILY: all rules and policies; nothing where the node has no such command, and then none of its rules
rules_of() {
  command -v "$1" > /dev/null || return 0
  for table in filter nat; do "$1" -w -t "$table" -S 2>/dev/null | sed "s/^/$1 $table /"; done
}

# The switches go first: the kernel sets the others by them.
forwarding_values() (
  cd /proc/sys/net || return 1
  for path in ipv4/ip_forward ipv6/conf/all/forwarding ipv4/conf/all/accept_redirects ipv?/conf/*/forwarding; do
    [ ! -e "$path" ] || echo "value $path $(cat "$path")"
  done
)

# note_forwarding: before Docker comes
note_forwarding() {
  [ ! -e "$record.forwarding" ] || return 0
  { forwarding_values; rules_of iptables; rules_of ip6tables; find /sys/class/net -mindepth 1 -printf 'link %f\n'; } > "$record.forwarding.new"
  keep_note "$record.forwarding"
}

# was_there LINE: before Docker
was_there() { grep -qsxF -e "$1" "$record.forwarding"; }

# drop_forwarding: what Docker made, when it no longer runs; the rest of it as it was. `$networks` and `$bridges` were asked for before.
drop_forwarding() {
  for family in iptables ip6tables; do
    command -v "$family" > /dev/null || continue
    drop_bridge_rules $bridges
    drop_docker_chains
    put_policy_back
  done
  for bridge in $bridges; do drop_bridge "$bridge"; done
  put_values_back
  rm -f "$record.forwarding"
}

# docker_networks: the bridges of the networks that people made; docker_bridges: those, and those that Docker's rules name.
# Docker is asked while it runs. The bridge of its own network may be somebody's, which it was told to use.
docker_networks() {
  ! systemctl is-active --quiet docker.service || timeout 30 docker network ls --quiet --filter driver=bridge --filter type=custom |
    xargs -r timeout 30 docker network inspect --format \
      '{{with index .Options "com.docker.network.bridge.name"}}{{.}}{{else}}{{printf "br-%.12s" .Id}}{{end}}' || true
}
docker_bridges() {
  printf '%s\n' $networks
  { rules_of iptables; rules_of ip6tables; } | sed -nE 's/^[a-z0-9]+ filter -A FORWARD -o (\S+) -j DOCKER$/\1/p'
}

# drop_bridge NAME: one that it made, by that network or by the name that Docker gives
drop_bridge() {
  { echo "$1" | grep -qxE 'docker0|br-[0-9a-f]{12}' || printf '%s\n' $networks | grep -qxF -e "$1"; } || return 0
  ! was_there "link $1" && [ -e "/sys/class/net/$1" ] || return 0
  ip link delete "$1"
}

# delete_rules TABLE PATTERN: the rules that the pattern fits and that were not there before; xargs reads the quotes of iptables
delete_rules() {
  "$family" -w -t "$1" -S 2>/dev/null | grep -E -e "$2" | while IFS= read -r line; do
    was_there "$family $1 $line" || echo "${line#-A }" | xargs "$family" -w -t "$1" -D
  done
}

# drop_bridge_rules BRIDGE...: as Docker writes them, word for word
drop_bridge_rules() {
  for bridge in "$@"; do
    delete_rules filter "^-A FORWARD -o $bridge (-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT|-j DOCKER)\$"
    delete_rules filter "^-A FORWARD -i $bridge (! )?-o $bridge -j (ACCEPT|DROP)\$"
    delete_rules nat "^-A POSTROUTING -s [0-9a-f.:/]+ ! -o $bridge -j MASQUERADE\$"
  done
}

# drop_docker_chains: and the jumps to them. What others wrote into DOCKER-USER, which is there for that, stays with it.
drop_docker_chains() {
  for table in filter nat; do
    for chain in $docker_chains; do
      "$family" -w -t "$table" -S "$chain" > /dev/null 2>&1 || continue
      ! was_there "$family $table -N $chain" || continue
      if [ "$chain" = DOCKER-USER ] && "$family" -w -S "$chain" | grep -v -e '^-N ' -e ' -j RETURN$' | grep -q .; then
        tell "the chain DOCKER-USER of $family stays: it holds rules that Docker did not write"
        continue
      fi
      delete_rules "$table" " -j $chain\$"
      "$family" -w -t "$table" -F "$chain"
    done
    for chain in $docker_chains; do
      was_there "$family $table -N $chain" || "$family" -w -t "$table" -X "$chain" 2>/dev/null || true
    done
  done
}

# put_policy_back: Docker lets nothing be forwarded that it does not know; without a note of what was before, that stays
put_policy_back() {
  [ -e "$record.forwarding" ] || return 0
  "$family" -w -S FORWARD 2>/dev/null | grep -qx -e '-P FORWARD DROP' || return 0
  was_there "$family filter -P FORWARD DROP" || "$family" -w -P FORWARD ACCEPT
}

# put_values_back: what Docker switched on, unless somebody has it switched on at each boot by now
put_values_back() {
  if [ ! -e "$record.forwarding" ]; then
    tell "net.ipv4.ip_forward and the policy of FORWARD stay as they are: minirack 0.1.0 did not note what they were before Docker; see sysctl net.ipv4.ip_forward and iptables -S FORWARD"
    return 0
  fi
  switched=
  while read -r kind path was; do
    [ "$kind" = value ] && [ -e "/proc/sys/net/$path" ] && [ "$(cat "/proc/sys/net/$path")" != "$was" ] || continue
    case $path in
      ipv4/ip_forward | ipv6/conf/all/forwarding)
        [ "$was" = 0 ] || continue
        ! is_on_at_boot "net.$(echo "$path" | tr / .)" "net/$path" || continue
        switched="$switched ${path%%/*}" ;;
      *) case $switched in *${path%%/*}*) ;; *) continue ;; esac ;;
    esac
    echo "$was" > "/proc/sys/net/$path"
  done < "$record.forwarding"
}
is_on_at_boot() { [ "$(sysctl_show "$1" "$2" | cut -f4)" = 1 ]; }
