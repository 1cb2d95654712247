import { InvalidArgumentError } from "commander";

const bytesPer = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 } as const;
const secondsPer = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `512m`, `4g`, `1.5g`: bytes. Units are powers of 1024, as Docker has them. */
export function bytesOf(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([bkmgt])b?$/i.exec(text) ?? [];
  const factor = Object.entries(bytesPer).find(([name]) => name === unit.toLowerCase())?.[1];
  const bytes = Math.floor(Number(number) * (factor ?? Number.NaN));
  if (bytes >= 6 * bytesPer.m) return bytes;
  const expected = "a memory of at least 6m with its unit (512m, 4g)";
  throw new InvalidArgumentError(`expected ${expected}, found ${text}`);
}

/** `90s`, `30m`, `1h`, `2d`: seconds. */
export function secondsOf(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([smhd])$/i.exec(text) ?? [];
  const factor = Object.entries(secondsPer).find(([name]) => name === unit.toLowerCase())?.[1];
  const seconds = Number(number) * (factor ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError(`expected a time above 0 with its unit (90s, 30m, 1h), found ${text}`);
}

/** `2`, `0.5`: processors. */
export function cpusOf(text: string): number {
  const cpus = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (cpus >= 0.01) return cpus;
  throw new InvalidArgumentError(`expected a number of processors (2, 0.5), found ${text}`);
}

/** `1.5 GiB`, `640 KiB`, `12 B`. */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const number = bytes / 1024 ** power;
  return `${power === 0 || number >= 100 ? Math.round(number) : Number(number.toPrecision(3))} ${units[power]}`;
}
