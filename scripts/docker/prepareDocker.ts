import { dockerAnswers } from "./dockerAnswers.ts";
import { installDocker } from "./installDocker.ts";
import { startDocker } from "./startDocker.ts";

export type Say = (line: string) => void;

/**
 * Makes sure that a Docker engine answers: the running one, else, on Debian or Ubuntu as root, one that it installs
 * and starts.
 * @throws Error naming what to install or start where it may not do so itself
 */
export async function prepareDocker({ say }: { say: Say }): Promise<void> {
  if (await dockerAnswers()) return;
  await installDocker(say);
  if (await dockerAnswers()) return;
  await startDocker(say);
}
