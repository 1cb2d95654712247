/** Who manages a node's interfaces; every script runs on the node as root. */
export interface LinkKeeper {
  /** Installs it, as a person who has it does. */
  prepare: string;
  /** Fails unless it keeps the address of eth1. */
  keeps: string;
  /** A change by hand, and what is told for it. */
  drift: string;
  told(address: string): string;
  /** A configuration of eth1 by somebody else: its file, and the line that gives it away. */
  foreign: { file: string; line: number; text: string; write: string; remove: string };
}

const install = (name: string) =>
  `export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -q -y install --no-install-recommends ${name}`;

function foreignFile(file: string, [line, text]: [line: number, text: string], content: string) {
  return {
    file,
    line,
    text,
    write: `cat > '${file}' << 'END'\n${content}END\nchmod 600 '${file}'`,
    remove: `rm '${file}'`,
  };
}

const profile = "/etc/NetworkManager/system-connections/Home.nmconnection";
const plan = "/etc/netplan/50-cloud-init.yaml";
const stanza = "iface eth1 inet dhcp";

/** Node → who manages its interfaces. */
export const linkKeepers: Record<string, LinkKeeper> = {
  mini1: {
    // Otherwise it asks for an address by itself, again and again: no two snapshots would be equal.
    prepare: `mkdir -p /etc/NetworkManager/conf.d\nprintf '[main]\\nno-auto-default=*\\n' > /etc/NetworkManager/conf.d/test.conf\n${install("network-manager")}`,
    keeps:
      '[ "$(nmcli -g GENERAL.CONNECTION device show eth1)" = minirack-eth1 ]; ! systemctl -q is-active systemd-networkd',
    drift: "nmcli connection down id minirack-eth1",
    told: (address) => `${address} (not on the interface)`,
    foreign: foreignFile(
      profile,
      [4, "interface-name=eth1"],
      "[connection]\nid=Home\ntype=ethernet\ninterface-name=eth1\nautoconnect=false\n",
    ),
  },
  mini2: {
    prepare: `${install("netplan.io")}\nprintf 'network:\\n  version: 2\\n  renderer: networkd\\n' > /etc/netplan/01-all.yaml\nchmod 600 /etc/netplan/01-all.yaml\nnetplan generate`,
    keeps: "networkctl status eth1 | grep -q 'Network File: /run/systemd/network/10-netplan-eth1.network'",
    drift:
      "sed -i 's/addresses: .*/addresses: [172.31.0.99\\/24]/; s/optional: true/optional: false/' /etc/netplan/90-minirack-eth1.yaml",
    told: (address) => `${address} (not kept)`,
    foreign: foreignFile(
      plan,
      [3, "eth1:"],
      "network:\n  ethernets:\n    eth1:\n      dhcp4: true\n  version: 2\n",
    ),
  },
  mini3: {
    prepare: `${install("ifupdown")}\nprintf 'iface eth0 inet manual\\n' > /etc/network/interfaces.d/eth0\nsystemctl start networking`,
    keeps:
      "networkctl list --no-legend eth1 | grep -q configured; networkctl list --no-legend eth0 | grep -q unmanaged",
    drift: "ip -4 address flush dev eth1",
    told: (address) => `${address} (not on the interface)`,
    foreign: {
      file: "/etc/network/interfaces",
      line: 5,
      text: stanza,
      write: `cp -p /etc/network/interfaces /run/interfaces; printf '\\n${stanza}\\n' >> /etc/network/interfaces`,
      remove: "mv /run/interfaces /etc/network/interfaces",
    },
  },
};
