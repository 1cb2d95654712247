import type { Readable } from "node:stream";
import {
  type EarlierState,
  readEarlierState,
  recordChanged,
  recordPath,
  splitEarlierState,
  takeTurn,
} from "./earlierState.ts";
import { warn } from "./server/engineLog.ts";
import type { Actual, Entries, Json, Setting } from "./settings/setting.ts";
import { applyScript, type Change } from "./shell/applyScript.ts";
import { TooSlow } from "./transport/channel.ts";
import type { Target } from "./transport/connect.ts";
import { lastLines, NodeError } from "./transport/nodeError.ts";
import { lockHeld } from "./transport/nodeSession.ts";
import { type PooledNode, pooledNode } from "./transport/pool.ts";

/** What is true of a setting on a node, and what was before us. */
export interface Observation extends Actual {
  earlier: EarlierState | undefined;
  /** The record and the turn as they were read, for a change to go by. */
  stamp: string;
}

/** A change of a setting, for what was seen before it. */
export interface SettingChange extends Pick<Change, "steps" | "finish"> {
  seen: Pick<Observation, "stamp">;
  timeoutSeconds?: number | undefined;
}

/** Another process changed the setting between our look at it and our change. */
export class RecordChanged extends NodeError {}

/** One setting on one node: looks at it and changes it, a script each. */
export class SettingNode {
  readonly setting: Setting;
  readonly record: string;
  /** Whether it was sent anything that may have changed it. */
  isTouched = false;
  private readonly target: Target;

  constructor(setting: Setting, target: Target, purpose?: string) {
    this.setting = setting;
    this.target = target;
    this.record = recordPath(setting.key, purpose);
  }

  get name(): string {
    return this.target.name;
  }

  /** Reads what is true for the keys of `wanted`, together with whatever else is read on the node now. */
  async observe(wanted: Entries<Json>): Promise<Observation> {
    const text = `record=${this.record}\n${readEarlierState}\n${this.setting.linux.read(wanted)}`;
    const answer = await this.pooled().reads.read(this.setting.key, text);
    const { earlier, stamp, rest } = splitEarlierState(answer);
    return { earlier, stamp, ...this.parse(rest, wanted) };
  }

  /**
   * Runs a change under the setting's lock, unless another was made since we looked, and returns what is true after it.
   * @throws RecordChanged when another process was there first: nothing was done then
   */
  async apply(change: SettingChange, wanted: Entries<Json>): Promise<Actual> {
    return this.parse(await this.type(change, this.setting.linux.read(wanted)), wanted);
  }

  /** Runs a change as `apply` does; returns what `readBack` prints after it. */
  async type({ seen, timeoutSeconds, ...change }: SettingChange, readBack: string): Promise<string> {
    const isChange = change.steps.length + change.finish.length > 0; // else it only asks
    this.isTouched ||= isChange;
    const turn = isChange ? takeTurn(seen.stamp) : undefined;
    const script = applyScript({ ...change, turn, record: this.record, readBack });
    const lock = this.setting.lock ?? this.setting.key;
    const seconds = timeoutSeconds ?? this.setting.patienceSeconds;
    const given = { text: script.text, asRoot: true, lock, holdsStdin: true, timeoutSeconds: seconds };
    const output = await this.pooled()
      .session.run(given)
      .catch((error: unknown) => {
        throw error instanceof TooSlow ? this.notInTime(error.seconds) : error;
      });
    if (output.code === 75) throw lockHeld(this.name, lock, timeoutSeconds);
    if (output.code === recordChanged) throw this.overtaken();
    const text = output.code === 0 ? script.readBackOf(output.stdout) : undefined;
    if (text === undefined)
      throw this.stepFailed(script.lastStepOf(output.stdout), output.code, output.stderr);
    await this.warnOf(output.stderr);
    return text;
  }

  /** Feeds a stream to a script of root's, under the setting's lock. */
  async send(text: string, payload: Readable, timeoutSeconds?: number): Promise<void> {
    const { key, lock = key, patienceSeconds } = this.setting;
    const seconds = timeoutSeconds ?? patienceSeconds;
    const output = await this.pooled().session.run({
      ...{ text, payload, lock, asRoot: true, timeoutSeconds: seconds },
    });
    if (output.code === 75) throw lockHeld(this.name, lock, timeoutSeconds);
    if (output.code !== 0) throw this.stepFailed(text, output.code, output.stderr);
  }

  /** Shows the user what the node's script had to tell: the prelude's `tell`. */
  private async warnOf(stderr: string): Promise<void> {
    const lines = stderr.split("\n").filter((line) => line.startsWith("minirack: "));
    for (const line of lines)
      await warn(`node ${this.name}: ${this.setting.key}: ${line.slice("minirack: ".length)}`);
  }

  /** An error in this setting's name. */
  error(expected: string, found: string, remedy: string): NodeError {
    return new NodeError({ node: this.name, subject: this.setting.key, expected, found, remedy });
  }

  private pooled(): PooledNode {
    return pooledNode(this.target);
  }

  private parse(text: string, wanted: Entries<Json>): Actual {
    try {
      return this.setting.linux.parse(text, wanted);
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      throw this.error("an answer it understands", found, `look at the node: ssh ${this.name}`);
    }
  }

  private overtaken(): RecordChanged {
    return new RecordChanged({
      node: this.name,
      subject: this.setting.key,
      expected: `the record ${this.record}.json as it was when we looked`,
      found: "another one, again and again",
      remedy: "let one controller at a time change the node, then run the command again",
    });
  }

  private notInTime(seconds: number): NodeError {
    return this.error(
      `the change to be done within ${seconds} s`,
      "none of its end",
      "see what it waits for, or give it longer (customTimeouts), then run the command again: it goes on where it stopped",
    );
  }

  private stepFailed(step: string | undefined, code: number, stderr: string): NodeError {
    const command = step === undefined ? "the script's start" : `\`${shortened(step)}\``;
    return this.error(
      `${command} to succeed`,
      `exit code ${code}: ${lastLines(stderr)}`,
      "mend what the lines above say, then run the command again: it goes on where it stopped",
    );
  }
}

function shortened(command: string): string {
  const line = command.split("\n")[0] ?? "";
  return line.length > 120 || line !== command ? `${line.slice(0, 120)}…` : line;
}
