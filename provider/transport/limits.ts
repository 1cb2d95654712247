/** How long we are patient, in seconds. */
export interface Limits {
  /** With an sshd that says it has too many connections for now: 15 s is its usual penalty. */
  busySeconds: number;
  /** With a lock on the node that somebody else holds: another minirack, or apt by hand. */
  lockSeconds: number;
}

/**
 * The limits; the environment's `MINIRACK_LOCK_SECONDS` shortens the wait for locks, for whoever would rather be told.
 * @throws Error when it is no whole number
 */
export function limits(environment: NodeJS.ProcessEnv = process.env): Limits {
  const given = environment.MINIRACK_LOCK_SECONDS;
  if (given !== undefined && !/^\d{1,5}$/.test(given)) {
    throw new Error(`MINIRACK_LOCK_SECONDS: expected whole seconds, got "${given}"; unset it for 600`);
  }
  return { busySeconds: 40, lockSeconds: given === undefined ? 600 : Number(given) };
}
