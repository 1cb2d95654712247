/** How long we are patient, in seconds. */
export interface Limits {
  /** With an sshd that says it has too many connections for now: 15 s is its usual penalty. */
  busySeconds: number;
  /** With a lock on the node that somebody else holds: another minirack, or apt by hand. */
  lockSeconds: number;
  /** With a look at a node. */
  readSeconds: number;
  /** Whether a look takes every checksum of synced folders, which takes as long as their disks do. */
  isFullCheck: boolean;
}

/**
 * The limits; the environment's `MINIRACK_LOCK_SECONDS` shortens the wait for locks, for whoever would rather be told;
 * `MINIRACK_FULL_CHECK=true` has every checksum taken.
 * @throws Error when it is no whole number
 */
export function limits(environment: NodeJS.ProcessEnv = process.env): Limits {
  const given = environment.MINIRACK_LOCK_SECONDS;
  if (given !== undefined && !/^\d{1,5}$/.test(given)) {
    throw new Error(`MINIRACK_LOCK_SECONDS: expected whole seconds, got "${given}"; unset it for 600`);
  }
  const isFullCheck = environment.MINIRACK_FULL_CHECK === "true";
  return {
    busySeconds: 40,
    lockSeconds: given === undefined ? 600 : Number(given),
    readSeconds: isFullCheck ? 24 * 3600 : 120,
    isFullCheck,
  };
}
