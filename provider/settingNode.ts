import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  type EarlierState,
  lookAgain,
  readEarlierState,
  recordChanged,
  recordPath,
  splitEarlierState,
  takeTurn,
} from "./earlierState.ts";
import { warn } from "./server/engineLog.ts";
import type { Actual, Entries, Json, Setting } from "./settings/setting.ts";
import { applyScript, type Change } from "./shell/applyScript.ts";
import type { Command } from "./shell/command.ts";
import { stepText } from "./shell/stepText.ts";
import { TooSlow } from "./transport/channel.ts";
import type { Target } from "./transport/connect.ts";
import { hangingSeconds } from "./transport/download.ts";
import { errorText } from "./transport/errorText.ts";
import { limits } from "./transport/limits.ts";
import { Busy, lastLines, NodeError, ownRefusal } from "./transport/nodeError.ts";
import { lockHeld } from "./transport/nodeSession.ts";
import { type PooledNode, pooledNode } from "./transport/pool.ts";

/** What is true of a setting on a node, and what was before us. */
export interface Observation extends Actual {
  earlier: EarlierState | undefined;
  /** The record and the turn as they were read, for a change to go by. */
  stamp: string;
  /** Ends a script under the lock unless what was read is still so. */
  still?: Command | undefined;
}

/** What is true after a change, and whether the node has told the user of something that stays. */
export interface Changed extends Observation {
  hasTold: boolean;
}

/** A change of a setting, for what was seen before it. */
export interface SettingChange extends Pick<Change, "steps"> {
  /** What follows once the read has succeeded. */
  finish?: Command[];
  seen: Pick<Observation, "stamp" | "still">;
  timeoutSeconds?: number | undefined;
}

/** Another process changed the setting between our look at it and our change. */
export class RecordChanged extends NodeError {}

/** One setting on one node: looks at it and changes it, a script each. */
export class SettingNode {
  readonly setting: Setting;
  readonly record: string;
  readonly target: Target;
  /** Whether it was sent anything that may have changed it. */
  isTouched = false;

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
    const text = `record=${this.record}\n${this.look(wanted)}`;
    return this.seen(await this.pooled().reads.read(this.setting.key, text), wanted);
  }

  /**
   * Runs a change under the setting's lock, unless another was made since we looked, and returns what is true after it.
   * @throws RecordChanged when another process was there first: nothing was done then
   */
  async apply(change: SettingChange, wanted: Entries<Json>): Promise<Changed> {
    const { text, hasTold } = await this.typed(change, this.look(wanted));
    return { ...this.seen(text, wanted), hasTold };
  }

  /** Runs a change as `apply` does; returns what `readBack` prints after it. */
  async type(change: SettingChange, readBack: string): Promise<string> {
    return (await this.typed(change, readBack)).text;
  }

  private look(wanted: Entries<Json>): string {
    return `${readEarlierState}\n${this.setting.linux.read(wanted)}`;
  }

  private seen(answer: string, wanted: Entries<Json>): Observation {
    try {
      const { earlier, stamp, rest } = splitEarlierState(answer);
      const isText = !rest.includes("\ufffd"); // else the node's bytes are others
      const sum = isText && createHash("sha256").update(rest).digest("hex");
      const still = sum ? lookAgain(this.setting.linux.read(wanted), sum) : undefined;
      return { earlier, stamp, still, ...this.setting.linux.parse(rest, wanted) };
    } catch (error) {
      if (error instanceof NodeError) throw error;
      const own = ownRefusal(errorText(error));
      if (own !== undefined) throw this.error(own.expected, own.found, own.remedy);
      throw this.error("an answer it understands", errorText(error), `look at the node: ssh ${this.name}`);
    }
  }

  private async typed(
    { seen, timeoutSeconds, steps, finish = [] }: SettingChange,
    readBack: string,
  ): Promise<{ text: string; hasTold: boolean }> {
    const isChange = steps.length + finish.length > 0; // else it only asks
    const wasTouched = this.isTouched;
    this.isTouched ||= isChange;
    const turn = isChange ? takeTurn(seen) : undefined;
    const script = applyScript({ steps, finish, turn, record: this.record, readBack });
    const { key, lock = key, patienceSeconds } = this.setting;
    const given = { asRoot: true, lock, holdsStdin: true, timeoutSeconds: timeoutSeconds ?? patienceSeconds };
    const output = await this.pooled()
      .session.run({ ...given, text: script.text, limitBytes: longestAnswer })
      .catch((error: unknown) => {
        throw error instanceof TooSlow ? this.notInTime(error.seconds) : error;
      });
    const hasBegun = output.stdout !== "";
    if ([75, recordChanged].includes(output.code) && !hasBegun) this.isTouched = wasTouched;
    if (output.code === 75 && !hasBegun) throw lockHeld(this.name, lock, timeoutSeconds);
    if (output.code === recordChanged && !hasBegun) throw this.overtaken();
    const text = output.code === 0 ? script.readBackOf(output.stdout) : undefined;
    const step = script.lastStepOf(output.stdout);
    if (text === undefined) throw this.stepFailed(step && stepText(step), output.code, output.stderr);
    return { text, hasTold: await this.warnOf(output.stderr) };
  }

  /** Feeds a stream to a script of root's, under the setting's lock. */
  async send(text: string, payload: Readable, timeoutSeconds?: number): Promise<void> {
    const { key, lock = key, patienceSeconds } = this.setting;
    const seconds = timeoutSeconds ?? patienceSeconds;
    const output = await this.pooled().session.run({
      ...{
        text,
        payload,
        lock,
        asRoot: true,
        timeoutSeconds: seconds,
        silentSeconds: limits().lockSeconds + hangingSeconds,
      },
    });
    if (output.code === 75) throw lockHeld(this.name, lock, timeoutSeconds);
    if (output.code !== 0) throw this.stepFailed("unpack what was sent", output.code, output.stderr);
  }

  /** Shows the user what the node's script had to tell, the prelude's `tell`; whether it had anything. */
  private async warnOf(stderr: string): Promise<boolean> {
    const lines = stderr.split("\n").filter((line) => line.startsWith("minirack: "));
    for (const line of lines)
      await warn(`node ${this.name}: ${this.setting.key}: ${line.slice("minirack: ".length)}`);
    return lines.length > 0;
  }

  /** An error in this setting's name. */
  error(expected: string, found: string, remedy: string): NodeError {
    return new NodeError({ node: this.name, subject: this.setting.key, expected, found, remedy });
  }

  private pooled(): PooledNode {
    return pooledNode(this.target);
  }

  private overtaken(): RecordChanged {
    return new RecordChanged({
      node: this.name,
      subject: this.setting.key,
      expected: `the node and its record ${this.record}.json as they were when we looked`,
      found: "a change by somebody else, again and again",
      remedy: "let one controller at a time change the node, then run the command again",
    });
  }

  private notInTime(seconds: number): NodeError {
    return new Busy({
      node: this.name,
      subject: this.setting.key,
      expected: `the change to be done within ${seconds} s`,
      found: "none of its end",
      remedy:
        "see what it waits for, or give it longer (customTimeouts), then run the command again: it goes on where it stopped",
    });
  }

  private stepFailed(what: string | undefined, code: number, stderr: string): NodeError {
    const own = ownRefusal(stderr);
    if (own !== undefined) return this.error(own.expected, own.found, own.remedy);
    return this.error(
      `to ${what ?? "begin its script"}`,
      `exit code ${code}: ${lastLines(stderr)}`,
      "mend what the lines above say, then run the command again: it goes on where it stopped",
    );
  }
}

/** What a folder lacks is a line for each of its files. */
const longestAnswer = 2 ** 28;
