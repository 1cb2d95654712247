import type { Entries, Json, Setting } from "../../provider/settings/setting.ts";
import type { SettingModel } from "./settingModel.ts";
import { wordsOf } from "./shellWords.ts";

/** What a word of a plan does. */
export type Verb = (...args: string[]) => void;

interface ModelFile {
  mode: string;
  owner: string;
  content: string;
}

/**
 * What the commands of a setting's plans do to a node, in two maps: the words are the prelude's, their meaning is told
 * once more. A word that it does not know is an error.
 */
export class ModelNode {
  readonly files = new Map<string, ModelFile>();
  /** What is true besides files: `package jq` → `installed`. */
  readonly facts: Map<string, string>;
  private readonly model: SettingModel;
  private readonly verbs: Record<string, Verb>;

  constructor(model: SettingModel) {
    this.model = model;
    this.facts = new Map(Object.entries(model.given ?? {}));
    this.verbs = { ...this.common, ...model.verbs?.(this) };
  }

  run(command: string): void {
    const [word = "", ...args] = wordsOf(command);
    const does = this.verbs[word];
    if (does === undefined) throw new Error(`expected a word of the prelude, got ${word} in ${command}`);
    does(...args);
  }

  /** What the node answers to a setting's `read`, as that setting understands it. */
  read(setting: Setting, wanted: Entries<Json>): Entries<Json> {
    return setting.linux.parse(this.model.answer(this, Object.keys(wanted)).join("\n"), wanted).entries;
  }

  /** All that is there; a file that is empty goes with the setting's record. */
  left(): string[] {
    const files = [...this.files].filter(([, { content }]) => content !== "").map(([path]) => path);
    return [...files, ...[...this.facts].map((fact) => fact.join(" "))].sort();
  }

  /** Names of the facts of a kind: of `package`, what follows that word. */
  factsOf(kind: string): string[] {
    const own = [...this.facts.keys()].filter((fact) => fact.startsWith(`${kind} `));
    return own.map((fact) => fact.slice(kind.length + 1));
  }

  /** What the prelude's `show` prints. */
  show(path: string): string[] {
    const file = this.files.get(path);
    if (file === undefined) return [];
    return [`${path}\t${file.mode} ${file.owner}\t${Buffer.from(file.content).toString("base64")}`];
  }

  lines(path: string): string[] {
    return (this.files.get(path)?.content ?? "").split("\n").filter((line) => line !== "");
  }

  /** Files that a program on the node writes itself. */
  addFiles(contents: Record<string, string>): void {
    for (const [path, content] of Object.entries(contents))
      this.files.set(path, { mode: "0600", owner: "$user:", content });
  }

  private readonly common: Record<string, Verb> = {
    put: (path = "", mode = "", owner = "", content = "") => this.files.set(path, { mode, owner, content }),
    rm: (flags = "", ...paths) => {
      const under = (path: string) => (one: string) =>
        one === path || (flags === "-rf" && one.startsWith(`${path}/`));
      for (const path of paths)
        for (const one of [...this.files.keys()].filter(under(path))) this.files.delete(one);
    },
    remove_file: (path = "") => this.files.delete(path),
    folder: () => {},
    set_line: (path = "", mark = "", line) => {
      const kept = this.lines(path).filter((one) => !one.endsWith(mark));
      const content = [...kept, ...(line === undefined ? [] : [line])].map((one) => `${one}\n`).join("");
      this.files.set(path, { mode: "0600", owner: "$user:", content });
    },
  };
}
