import { LostConnection } from "../../../provider/transport/nodeError.ts";

const attempts = 3;

/** A connection that is lost is made anew by the next script: what was being brought is brought again. */
export async function whileLost<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LostConnection) || attempt === attempts) throw error;
    }
  }
}
