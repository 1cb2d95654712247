import { type SectionAnswer, sectionedScript } from "../shell/script.ts";
import { limits } from "./limits.ts";
import { LostConnection, lastLines, NodeError, ownRefusal } from "./nodeError.ts";
import type { NodeSession } from "./nodeSession.ts";

interface Waiting {
  subject: string;
  text: string;
  resolve: (stdout: string) => void;
  reject: (error: unknown) => void;
}

/** Reads of one node that the engine asks for within this time go as one script. */
const gatherMilliseconds = 15;
const attempts = 3;

/** Gathers the reads of one node into one script, and hands each its own answer. */
export class ReadBatch {
  private waiting: Waiting[] = [];
  private running: Promise<void> = Promise.resolve();
  private readonly session: NodeSession;

  constructor(session: NodeSession) {
    this.session = session;
  }

  /** Runs `text` as root together with the other reads of this moment; resolves with its stdout. */
  read(subject: string, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ subject, text, resolve, reject });
      if (this.waiting.length === 1) setTimeout(() => void this.gather(), gatherMilliseconds);
    });
  }

  /** What is asked for while the node is being connected to, or while a script runs, goes with the next one. */
  private async gather(): Promise<void> {
    await this.running;
    this.running = this.flush();
  }

  private async flush(): Promise<void> {
    const failure = await this.session.ready().then(
      () => undefined,
      (error: unknown) => error,
    );
    const batch = this.waiting;
    this.waiting = [];
    try {
      if (failure !== undefined && !(failure instanceof LostConnection)) throw failure;
      const answers = await this.answers(batch);
      batch.forEach((one, index) => {
        this.settle(one, answers[index]);
      });
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  /** Reads change nothing, so a lost connection is worth another try. */
  private async answers(batch: Waiting[], attempt = 1): Promise<(SectionAnswer | undefined)[]> {
    const script = sectionedScript(batch);
    try {
      const timeoutSeconds = limits().readSeconds;
      const output = await this.session.run({ text: script.text, asRoot: true, timeoutSeconds });
      if (!script.isWhole(output.stdout)) throw incomplete(this.session.name, output.code, output.stderr);
      return script.parse(output.stdout);
    } catch (error) {
      if (error instanceof LostConnection && attempt < attempts)
        return await this.answers(batch, attempt + 1);
      throw error;
    }
  }

  private settle(one: Waiting, answer: SectionAnswer | undefined): void {
    if (answer !== undefined && answer.code === 0) one.resolve(answer.stdout);
    else one.reject(readFailed(this.session.name, one.subject, answer));
  }
}

/** The error for a script whose end mark is missing although the connection held. */
export function incomplete(node: string, code: number, stderr: string): NodeError {
  return new NodeError({
    node,
    subject: "script",
    expected: "an answer with its end mark",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "run the command again; if it stays, log in and try `sudo sh`",
  });
}

function readFailed(node: string, subject: string, answer: SectionAnswer | undefined): NodeError {
  const own = ownRefusal(answer?.stderr ?? "");
  if (own !== undefined) return new NodeError({ node, subject, ...own });
  return new NodeError({
    node,
    subject,
    expected: "to read its state",
    found: `exit code ${answer?.code ?? "none"}: ${lastLines(answer?.stderr ?? "")}`,
    remedy: "the lines above are the node's own words",
  });
}
