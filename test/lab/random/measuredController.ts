import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Answer, Question } from "./controller.ts";

/** A controller in a process of its own, which is asked one question after the other. */
export class MeasuredController {
  /** Most that it has had in memory so far. */
  peakBytes = 0;
  private readonly child: ChildProcess;

  constructor(project: string, stack: string) {
    this.child = fork(join(import.meta.dirname, "controller.ts"), [project, stack], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  async ask(question: Question): Promise<Answer> {
    const answered = new AbortController();
    const { signal } = answered;
    this.child.send(question);
    const ended = once(this.child, "exit", { signal }).then(([code]) => {
      throw new Error(`expected the controller to answer, got its end: exit code ${code}`);
    });
    try {
      const [answer] = await Promise.race([once(this.child, "message", { signal }), ended]);
      this.peakBytes = Math.max(this.peakBytes, answer.peakBytes);
      return answer;
    } finally {
      ended.catch(() => {}); // it is not waited for any more
      answered.abort();
    }
  }

  close(): void {
    this.child.disconnect();
    this.child.kill();
  }
}
