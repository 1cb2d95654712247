/** What somebody does by hand on a node as root, and what preview must say of it. */
export interface HandMade {
  node: string;
  /** POSIX sh. */
  script: string;
  told: string | RegExp;
}

/** Setting of the dev stack → a change by hand. */
export const handMade: Record<string, HandMade> = {
  packages: { node: "mini1", script: "apt-get -q -y remove jq", told: /- jq +: "installed"/ },
  files: { node: "mini1", script: "chmod 600 /etc/motd; echo more >> /etc/motd", told: "+ more" },
  sysctl: {
    node: "mini1",
    script: "echo 60 > /proc/sys/vm/swappiness",
    told: /~ vm.swappiness +: "10" => "60 \(kept: 10\)"/,
  },
  services: {
    node: "mini1",
    script: "systemctl disable -q --now redis-server",
    told: /~ isRunning +: true => false/,
  },
  linkAddress: {
    node: "mini2",
    script: "ip address del 172.31.1.12/24 dev eth1",
    told: /~ eth1 *: "172.31.1.12\/24" => "172.31.1.12\/24 \(not on the interface\)"/,
  },
  accounts: { node: "mini2", script: "gpasswd -d rack docker", told: /- member docker\/rack *: "member"/ },
  sshAccess: {
    node: "mini2",
    script: "sed -i --follow-symlinks /minirack-devtest/d /home/rack/.ssh/authorized_keys",
    told: /- clusterKey: "ssh-ed25519 \S+ minirack-devtest"/,
  },
  limits: {
    node: "mini3",
    // what services get: a container may not raise again what a session got
    script:
      "sed -i 's/^DefaultLimitNOFILE=.*/DefaultLimitNOFILE=1024:16384/' /etc/systemd/system.conf.d/90-minirack.conf",
    told: /~ soft: 16384 => 1024/,
  },
  swapGb: {
    node: "mini1",
    script: "swapoff /disk/devtest.swap",
    told: /~ \/disk\/devtest.swap *: 1 => "1 \(off\)"/,
  },
  names: {
    node: "mini3",
    script: "sed -i /mini1-link/d /etc/hosts",
    told: /- 172\.31\.1\.11 *: "mini1-link"/,
  },
  peers: { node: "mini3", script: "rm /home/rack/.ssh/minirack_known_hosts", told: "- mini1: {" },
  pythonEnvironment: {
    node: "mini3",
    script: "rm -r /opt/minirack/environments/training/lib/python3*/site-packages/joblib-*",
    told: /- joblib +: "==/,
  },
  syncedFolders: {
    node: "mini3",
    script: "echo more >> /opt/strategy/pyproject.toml; rm -f /srv/data/prices/2024.csv",
    told: /2024.csv *: "missing"/,
  },
};
