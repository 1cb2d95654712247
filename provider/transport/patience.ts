import { limits } from "./limits.ts";

/** sshd closed the connection before its handshake. */
export class Shed extends Error {
  /** What it said, where it said anything. */
  readonly refusal: string;

  constructor(refusal: string, found: string) {
    super(refusal === "" ? found : `"${refusal}" and a closed connection`);
    this.refusal = refusal;
  }
}

/** A connection that is closed without a word may be a port where nobody listens behind a forwarder. */
const silentAttempts = 4;

/**
 * Tries again while sshd sheds connections: over MaxStartups some are closed at random, and PerSourcePenalties (from
 * OpenSSH 9.8) close all of ours for a while. One that says so is waited for longer than one that is silent.
 * @throws what the last attempt threw
 */
export async function withPatience<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const deadline = Date.now() + limits().busySeconds * 1000;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Shed) || signal?.aborted) throw error;
      if (error.refusal === "" ? count >= silentAttempts : Date.now() > deadline) throw error;
      await pause(Math.min(200 * 2 ** count, 3000) * (0.5 + Math.random()), signal);
    }
  }
}

/** Whether an error says that the connection was closed before the handshake, and not by us. */
export function isShed(error: unknown): boolean {
  return /ECONNRESET|EPIPE|before handshake|socket hang up/i.test(String(error));
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
  });
}
