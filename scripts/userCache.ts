import { homedir } from "node:os";
import { join } from "node:path";

/** Path in the user's cache, below `minirack`: what is there may be deleted at any time and is made again. */
export function userCache(path: string, env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "minirack", path);
}
