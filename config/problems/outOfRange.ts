import { foundText, kindText } from "./foundText.ts";
import type { Subject } from "./issueText.ts";

const units: [ending: RegExp, unit: string][] = [
  [/Gb$/, " GiB"],
  [/Mb$/, " MiB"],
  [/Gbps$/, " Gb/s"],
  [/Seconds$/, " seconds"],
];

/** A number, a text or a list beyond its limit; sizes and times with the unit that their key says. */
export function outOfRange(
  side: "at least" | "at most",
  limit: number | bigint,
  { origin, inclusive }: { origin: string; inclusive?: boolean | undefined },
  { value, path }: Pick<Subject, "value" | "path">,
): string {
  if (origin === "string") return `expected a text that is not empty, got ${foundText(value)}; write one`;
  if (origin === "array") return `expected ${side} ${limit} entries, got ${kindText(value)}; write them`;
  const key = String(path.findLast((step) => typeof step === "string") ?? "");
  const unit = units.find(([ending]) => ending.test(key))?.[1] ?? "";
  const more = side === "at least" ? "more" : "less";
  const [bound, remedy] = inclusive
    ? [`${side} ${limit}${unit}`, `write ${limit} or ${more}`]
    : [`${more} than ${limit}${unit}`, `write ${more} than ${limit}`];
  return `expected ${bound}, got ${foundText(value)}; ${remedy}`;
}
