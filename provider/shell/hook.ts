/** The script of a hook: a function that runs when it has arrived whole, and reads nothing. */
export function hookScript(command: string): string {
  return `set -eu\nmain() {\n:\n${command}\n}\nmain </dev/null\n`;
}

/**
 * POSIX sh for the controller: sends its stdin to the node that MINIRACK_… variables name, and runs it there as the
 * user. The pinned host key alone is accepted.
 */
export const sendHook = `set -u
case $MINIRACK_IDENTITY_FILE in "~/"*) MINIRACK_IDENTITY_FILE=$HOME/\${MINIRACK_IDENTITY_FILE#"~/"} ;; esac
known=$(mktemp) || exit 1
trap 'rm -f "$known"' EXIT
printf '%s %s\\n' "$MINIRACK_NODE" "$MINIRACK_HOST_KEY" > "$known"
ssh -F /dev/null -T -p "$MINIRACK_PORT" -l "$MINIRACK_USER" -i "$MINIRACK_IDENTITY_FILE" \\
  -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o HostKeyAlias="$MINIRACK_NODE" \\
  -o UserKnownHostsFile="$known" -o GlobalKnownHostsFile=/dev/null -o ConnectTimeout=15 \\
  -o ServerAliveInterval=15 -o ServerAliveCountMax=3 -- "$MINIRACK_HOST" sh -s
code=$?
[ "$code" -eq 0 ] && exit 0
echo "node $MINIRACK_NODE: hook $MINIRACK_HOOK: expected exit code 0, got $code; mend what the lines above say, then run pulumi up again" >&2
exit "$code"
`;
