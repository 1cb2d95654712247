/**
 * The middle one, or the mean of the two in the middle.
 * @throws Error where there is none
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error("expected at least one value, got none");
  return (low + high) / 2;
}
