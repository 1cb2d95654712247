/** Seconds since 1970. */
export type Moment = number;

/**
 * By how much a node's clock is ahead of ours, at least: it was read somewhere between two moments of ours, and is held
 * to be right within them.
 */
export function clockSkewSeconds(clock: Moment, before: Moment, after: Moment): number {
  if (clock < before) return clock - before;
  return clock > after ? clock - after : 0;
}
