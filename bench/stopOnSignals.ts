import type { Say } from "../scripts/docker/prepareDocker.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A signal that ends what runs, instead of ending this process: the lab has to be taken down first. */
export function stopOnSignals(say: Say): { signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const stop = () => {
    say(controller.signal.aborted ? "still taking the lab down" : "stopping; takes the lab down first");
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    done: () => {
      for (const name of signals) process.off(name, stop);
    },
  };
}
