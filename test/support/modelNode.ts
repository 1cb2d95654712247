import type { Entries, Json, Setting } from "../../provider/settings/setting.ts";

interface ModelFile {
  mode: string;
  owner: string;
  content: string;
}

/**
 * What the commands of the plans do to a node, in a few maps: the words are the prelude's, their meaning is told once
 * more. A word that it does not know is an error.
 */
export class ModelNode {
  readonly files = new Map<string, ModelFile>();
  readonly packages = new Set<string>();
  /** `INTERFACE ADDRESS` */
  readonly addresses = new Set<string>();
  /** Certificates that `update-ca-certificates` has taken up. */
  bundle = new Set<string>();

  run(command: string): void {
    const [word = "", ...args] = wordsOf(command);
    const does = this.verbs[word];
    if (does === undefined) throw new Error(`expected a word of the prelude, got ${word} in ${command}`);
    does(...args);
  }

  /** What the node answers to a setting's `read`, as that setting understands it. */
  read(setting: Setting, wanted: Entries<Json>): Entries<Json> {
    const answer = this.answers[setting.key];
    if (answer === undefined) throw new Error(`expected a model of ${setting.key}, got none`);
    return setting.linux.parse(answer(Object.keys(wanted)).join("\n"), wanted).entries;
  }

  /** All that was put on it and is still there; what is empty goes with the setting's record. */
  left(): string[] {
    const files = [...this.files].filter(([, { content }]) => content !== "").map(([path]) => path);
    return [...files, ...this.packages, ...this.addresses, ...this.bundle];
  }

  private readonly verbs: Record<string, (...args: string[]) => void> = {
    put: (path = "", mode = "", owner = "", content = "") => this.files.set(path, { mode, owner, content }),
    rm: (flags = "", ...paths) => {
      const under = (path: string) => (one: string) =>
        one === path || (flags === "-rf" && one.startsWith(`${path}/`));
      for (const path of paths)
        for (const one of [...this.files.keys()].filter(under(path))) this.files.delete(one);
    },
    folder: () => {},
    set_line: (path = "", mark = "", line) => {
      const kept = this.lines(path).filter((one) => !one.endsWith(mark));
      const content = [...kept, ...(line === undefined ? [] : [line])].map((one) => `${one}\n`).join("");
      this.files.set(path, { mode: "0600", owner: "$user:", content });
    },
    make_node_key: () =>
      this.addFiles({ "$home/.ssh/minirack": "key\n", "$home/.ssh/minirack.pub": "ssh-ed25519 AAAA x\n" }),
    "update-ca-certificates": () => {
      this.bundle = new Set([...this.files.keys()].filter((path) => path.endsWith(".crt")));
    },
    apt_install: (...names) => {
      for (const name of names) this.packages.add(name);
    },
    apt_purge: (...names) => {
      for (const name of names.slice(0, names.indexOf("--"))) this.packages.delete(name);
    },
    keep_interface: () => {},
    restore_interface: () => {},
    networkd_take: () => {},
    networkd_release: () => {},
    drop_address: (name, address) => this.addresses.delete(`${name} ${address}`),
    networkd_apply: (name = "") => this.addresses.add(`${name} ${this.keptAddress(name)}`),
    get_uv: () => {},
    remove_uv: () => {},
    make_environment: (name = "", python = "", requirements = "") => {
      const installed = requirements
        .replace(/(==|>=).*/g, "")
        .split("\n")
        .filter(Boolean);
      const version = (one: string) => new RegExp(`^${one}==(.*)$`, "m").exec(requirements)?.[1] ?? "9.9";
      const at = `/opt/minirack/environments/${name}`;
      const isThere = this.files.has(`${at}/python`);
      const lock = installed.map((one) => `${one}==${version(one)}\n`).join("");
      this.addFiles({
        [`${at}/lock`]: lock,
        ...(!isThere && { [`${at}/python`]: `${python}.11.2`.slice(0, 6) }),
      });
    },
  };

  private readonly answers: Record<string, (keys: string[]) => string[]> = {
    packages: () => [...this.packages].map((name) => `${name} installed`),
    files: (keys) => keys.flatMap((path) => this.show(path)),
    caCertificates: () => [...this.bundle].flatMap((path) => this.show(path)),
    linkAddress: (keys) => keys.map((name) => `${name}\t${this.keptAddress(name)}\t${this.liveOn(name)}`),
    sshAccess: () => [
      ...(this.files.has("$home/.ssh/minirack") && this.files.has("$home/.ssh/minirack.pub")
        ? ["nodeKey\ted25519"]
        : []),
      `clusterKey\t${this.lines("$home/.ssh/authorized_keys").find((line) => line.endsWith(" minirack-dev")) ?? ""}`,
    ],
    peers: () => [
      ...this.show("/etc/ssh/ssh_config.d/50-minirack.conf"),
      ...this.show("$home/.ssh/minirack_known_hosts"),
      ...this.lines("$home/.ssh/authorized_keys"),
    ],
    pythonEnvironment: (keys) => keys.flatMap((name) => this.showEnvironment(name)),
  };

  private liveOn(name: string): string {
    const own = [...this.addresses].filter((one) => one.startsWith(`${name} `));
    return own.map((one) => one.split(" ")[1]).join(" ");
  }

  private addFiles(contents: Record<string, string>): void {
    for (const [path, content] of Object.entries(contents))
      this.files.set(path, { mode: "0600", owner: "$user:", content });
  }

  private show(path: string): string[] {
    const file = this.files.get(path);
    if (file === undefined) return [];
    return [`${path}\t${file.mode} ${file.owner}\t${Buffer.from(file.content).toString("base64")}`];
  }

  private lines(path: string): string[] {
    return (this.files.get(path)?.content ?? "").split("\n").filter((line) => line !== "");
  }

  private keptAddress(name: string): string {
    const file = this.files.get(`/etc/systemd/network/10-minirack-${name}.network`);
    return /^Address=(.*)$/m.exec(file?.content ?? "")?.[1] ?? "";
  }

  private showEnvironment(name: string): string[] {
    const at = `/opt/minirack/environments/${name}`;
    const python = this.files.get(`${at}/python`);
    if (python === undefined) return [];
    const locked = this.lines(`${at}/lock`);
    return [
      `${name}\tpython\t${python.content}`,
      ...locked.map((line) => `${name}\tlocked\t${line}`),
      ...locked.map((line) => `${name}\tinstalled\t${line}`),
    ];
  }
}

/** A line of shell taken apart as a shell does it, variables left as they are. */
function wordsOf(command: string): string[] {
  const words: string[] = [];
  const piece = /'([^']*)'|\\(.)|"([^"]*)"|([^\s'"\\]+)|(\s+)/gy;
  let word: string | undefined;
  for (const [, single, escaped, double, bare, space] of command.matchAll(piece)) {
    if (space === undefined) word = (word ?? "") + (single ?? escaped ?? double ?? bare ?? "");
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
