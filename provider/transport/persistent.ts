import { LostConnection } from "./nodeError.ts";

/** A network that cuts more often than this is no network to provision over. */
const usualAttempts = 4;

/** Tries work again that a lost connection cut; only for what begins by looking. */
export async function persistent<T>(work: () => Promise<T>, attempts = usualAttempts): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LostConnection) || attempt === attempts) throw error;
    }
  }
}
