import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const script = readFileSync(join(import.meta.dirname, "processSampler.pl"), "utf8");

/** Watches the arguments and the environment of all processes of a computer, again and again. */
export interface ProcessSampler {
  /** Resolves when it has seen the text. */
  sees(text: string): Promise<void>;
  end(): Promise<Sampled>;
}

/** All that a sampler saw. */
export interface Sampled {
  arguments: string;
  environments: string;
}

/**
 * Starts one and waits until it has looked once.
 * @param prefix what runs a command there: nothing for this controller, `docker exec -i CONTAINER` for a node
 */
export async function processSampler(...prefix: string[]): Promise<ProcessSampler> {
  const [command = "perl", ...args] = [...prefix, "perl", "-e", script];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  const ended = once(child, "close");
  const seen = () => Buffer.concat(pieces).toString("utf8");
  const sees = async (text: string) => {
    while (!seen().includes(text)) {
      if (child.stdout.closed) throw new Error(`expected ${command} to sample on, got its end`);
      await Promise.race([once(child.stdout, "data"), ended]);
    }
  };
  await sees("== first pass is done");
  return {
    sees,
    end: async () => {
      child.stdin.end();
      await ended;
      return sampled(seen());
    },
  };
}

function sampled(seen: string): Sampled {
  const parts = seen.split(/^(?=== )/m);
  const of = (what: string) => parts.filter((part) => part.startsWith(`== ${what} `)).join("");
  return { arguments: of("cmdline"), environments: of("environ") };
}
