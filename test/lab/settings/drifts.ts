/** Something changed by hand, and the property that must be told for it. */
export interface Drift {
  /** POSIX sh, run on the node as root. */
  script: string;
  /** Path of the property as a diff has it. */
  told: string;
}

/** Resource → a change by hand; every setting has one. `$peer` is another node's name. */
export const drifts: Record<string, Drift> = {
  sshAccess: {
    script: "sed -i /minirack-labf/d /home/rack/.ssh/authorized_keys",
    told: "sshAccess.clusterKey",
  },
  packages: { script: "dpkg --remove jq", told: "packages.jq" },
  files: { script: "chmod 600 /etc/motd", told: 'files["/etc/motd"].mode' },
  "files/notes": {
    script: "echo three >> /opt/notes/today.txt",
    told: 'files["/opt/notes/today.txt"].content',
  },
  caCertificates: {
    script: "rm /usr/local/share/ca-certificates/minirack-lab.crt; update-ca-certificates --fresh",
    told: "caCertificates.lab",
  },
  linkAddress: { script: "ip -4 address flush dev eth1", told: "linkAddress.eth1" },
  peers: { script: 'sed -i "/^$peer,/d" /home/rack/.ssh/minirack_known_hosts', told: "peers.$peer" },
  pythonEnvironment: {
    script: "rm -r /opt/minirack/environments/small/lib/python3*/site-packages/six-*",
    told: "pythonEnvironment.small.requirements.six",
  },
};
