# shellcheck shell=sh disable=SC2154 # $record, $user and $home are set by core.sh and by each script
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

make_node_key() {
  if [ -s "$home/.ssh/minirack" ]; then ssh-keygen -y -f "$home/.ssh/minirack" > "$home/.ssh/minirack.pub"
  else ssh-keygen -q -t ed25519 -N '' -C "minirack-$(hostname)" -f "$home/.ssh/minirack"; fi
  chown "$user:" "$home/.ssh/minirack" "$home/.ssh/minirack.pub"
}

# Rotation of that key: minirack.next is to take its place; minirack.previous has lost it, and goes when every peer has the new one.
node_key_rotation() { for end in next previous; do [ ! -s "$home/.ssh/minirack.$end" ] || echo "$end"; done; }
show_node_key() { ssh-keygen -y -f "$home/.ssh/minirack${1:-}" | cut -d' ' -f1,2; }
make_next_node_key() {
  [ ! -s "$home/.ssh/minirack.next" ] || return 0
  beside=$home/.ssh/.minirack.key
  rm -f "$beside" "$beside.pub"
  ssh-keygen -q -t ed25519 -N '' -C "minirack-$(hostname)" -f "$beside"
  rm -f "$beside.pub"
  chown "$user:" "$beside"
  sync "$beside"
  mv -f "$beside" "$home/.ssh/minirack.next"
}
use_next_node_key() {
  [ -s "$home/.ssh/minirack.next" ] || return 0
  ln -f "$home/.ssh/minirack" "$home/.ssh/minirack.previous"
  mv -f "$home/.ssh/minirack.next" "$home/.ssh/minirack"
}
forget_previous_node_key() {
  make_node_key
  rm -f "$home/.ssh/minirack.previous"
}

# reach_by_next PEER: logs in to a peer by the next key alone
reach_by_next() {
  config=$(mktemp)
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
