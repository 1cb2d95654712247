# shellcheck shell=sh disable=SC2016,SC2154 # what stands in single quotes is for in_hands; $user and $home are set by core.sh
# ssh between the nodes.

# sudo drops SSH_CONNECTION, but the sshd above us in the process tree still has it
sshd_port() {
  process=$$
  while [ "$process" -gt 1 ]; do
    found=$(tr '\0' '\n' < "/proc/$process/environ" 2>/dev/null | sed -n 's/^SSH_CONNECTION=//p' | cut -d' ' -f4)
    [ -z "$found" ] || { printf '%s' "$found"; return 0; }
    process=$(awk '$1 == "PPid:" { print $2 }' "/proc/$process/status")
  done
  printf 22
}

# of_node_key SCRIPT ARGUMENT...: in the user's .ssh, where the node's own key is `minirack`
of_node_key() { script=$1; shift; in_hands "$home/.ssh/minirack" "$user:" "umask 077; cd \"\$1\"; shift; $script" "$home/.ssh" "$@"; }

# node_key_facts: its type and its public half; of a key that was there without one it is worked out
node_key_facts() {
  of_node_key 'if [ ! -s minirack ]; then exit 0
    elif [ -s minirack.pub ]; then dd if=minirack.pub iflag=nonblock bs=8k count=1 status=none
    else ssh-keygen -y -P "" -f minirack < /dev/null; fi' 2>/dev/null |
    tr -d '\000-\011\013-\037\177' | awk -v OFS='\t' 'NR == 1 && /^[a-z0-9@.-]+ [A-Za-z0-9+\/=]+/ { print "nodeKey", "ed25519"; print "nodePublicKey", $0 }'
}

make_node_key() {
  of_node_key 'rm -f -- .minirack.key .minirack.key.pub
    if [ ! -s minirack ]; then
      ssh-keygen -q -t ed25519 -N "" -C "$1" -f .minirack.key
      mv -fT .minirack.key.pub minirack.pub
      sync .minirack.key
      mv -T .minirack.key minirack
    elif [ ! -s minirack.pub ]; then
      ssh-keygen -y -P "" -f minirack < /dev/null > .minirack.key.pub || { echo "expected ~/.ssh/minirack to be a key without a passphrase, got one that ssh-keygen cannot open; move it away" >&2; exit 1; }
      mv -fT .minirack.key.pub minirack.pub
    fi
    chown -h -- "$2" minirack minirack.pub; chmod 0644 minirack.pub' "minirack-$(hostname)" "$user:"
}
forget_node_key() { of_node_key 'rm -f -- minirack minirack.pub minirack.next minirack.previous'; }

# Rotation of that key: minirack.next is to take its place; minirack.previous has lost it, and goes when every peer has the new one.
node_key_rotation() { of_node_key 'for end in next previous; do [ ! -s "minirack.$end" ] || echo "$end"; done'; }
show_node_key() { of_node_key 'ssh-keygen -y -P "" -f "minirack$1" < /dev/null' "${1:-}" | cut -d' ' -f1,2; }
make_next_node_key() {
  of_node_key '[ ! -s minirack.next ] || exit 0
    rm -f -- .minirack.key .minirack.key.pub
    ssh-keygen -q -t ed25519 -N "" -C "$1" -f .minirack.key
    rm -f -- .minirack.key.pub
    chown -h -- "$2" .minirack.key
    sync .minirack.key
    mv -fT .minirack.key minirack.next' "minirack-$(hostname)" "$user:"
}
use_next_node_key() {
  of_node_key '[ -s minirack.next ] || exit 0
    ln -fT minirack minirack.previous
    mv -fT minirack.next minirack'
}
forget_previous_node_key() {
  of_node_key 'rm -f -- .minirack.key.pub
    ssh-keygen -y -P "" -f minirack < /dev/null > .minirack.key.pub
    chmod 0644 .minirack.key.pub
    mv -fT .minirack.key.pub minirack.pub
    rm -f -- minirack.previous'
}

# reach_by_next PEER: logs in to a peer by the next key alone
reach_by_next() {
  config=$(mktemp -p /run)
  sed 's|^  IdentityFile ~/.ssh/minirack$|&.next|' /etc/ssh/ssh_config.d/50-minirack.conf > "$config"
  chmod 0644 "$config"
  reached=0
  runuser -u "$user" -- ssh -F "$config" -o BatchMode=yes -o ConnectTimeout=15 "$1" true || reached=$?
  rm -f "$config"
  return "$reached"
}

# tell_other_ssh PEER: ssh, as the user types it, may not read our file, or others before it; our own calls read it alone
tell_other_ssh() {
  settings=$(runuser -u "$user" -- ssh -G "$1" 2>/dev/null | grep -cxE "hostkeyalias $1|stricthostkeychecking (yes|true)|userknownhostsfile (~|$home)/.ssh/minirack_known_hosts|hostname [0-9.]+") || true
  [ "$settings" -ne 4 ] || return 0
  if grep -qiE '^[[:space:]]*Include[[:space:]].*/?ssh_config\.d/' /etc/ssh/ssh_config 2>/dev/null; then
    tell "ssh $1, typed by $user, goes another way than minirack's own connections: $home/.ssh/config or a file in /etc/ssh says otherwise; see ssh -G $1"
  else
    tell "ssh $1, typed by $user, does not find the node: /etc/ssh/ssh_config lacks the line Include /etc/ssh/ssh_config.d/*.conf; add it at its beginning"
  fi
}
