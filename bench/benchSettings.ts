/** A key that the user worker lets in; nobody has the other half. */
export const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK1Yy0nqZS5VZ2W7xVhQ0bXzv1Jt3mTnqJ8r5c2b9xyz worker@bench";

/** The file that somebody edits. */
export const limitsFile = "/etc/security/limits.d/90-bench.conf";

/**
 * The settings of the bench as a cluster file says them; bench/peers/ has the same in the peers' words. Both values of the
 * kernel are each node's own, where nodes are containers.
 */
export const clusterSettings = {
  packages: ["tmux", "jq", "redis-server"],
  users: { worker: { shell: "/bin/bash", authorizedKeys: [publicKey] } },
  folders: { "/srv/data": { owner: "worker:root", mode: "0755" } },
  files: { [limitsFile]: { content: "* soft nofile 65536\n* hard nofile 65536\n" } },
  sysctl: { "net.ipv4.tcp_fin_timeout": 30, "net.ipv4.tcp_keepalive_time": 600 },
  services: { "redis-server.service": { isEnabled: true, isRunning: true } },
};
