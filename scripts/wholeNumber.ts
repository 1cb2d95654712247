import { InvalidArgumentError } from "commander";

/**
 * A parser for an option that takes a whole number.
 * @example .option("--lines <n>", "how many of the last lines", wholeNumber(0), 100)
 */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number${range}, got ${text}`);
  };
}
