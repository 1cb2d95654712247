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
