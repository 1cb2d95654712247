import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** Where nothing may stay: who gets in, who becomes root, what runs, and what people keep. */
const never = ["ssh", "sudo", "systemd", "home", "root/", "units"];

/** A difference that may stay on a node that was given back: a regular expression and why. */
const excuse = z.strictObject({
  pattern: z.string().refine((text) => !never.some((word) => text.includes(word)), {
    error: `expected nothing of ${never.join(", ")}`,
  }),
  reason: z.string().min(20, "expected a sentence"),
});
export type Excuse = z.infer<typeof excuse>;

const excuses = z.array(excuse).max(15);

/** All that may stay on lab nodes, from `test/lab/excuses.yaml` unless another text is given. */
export function readExcuses(
  text = readFileSync(new URL("../lab/excuses.yaml", import.meta.url), "utf8"),
): Excuse[] {
  return excuses.parse(parse(text) ?? []);
}

/**
 * The lines in which two snapshots of a node differ, as `SECTION - LINE` and `SECTION + LINE`, without the excused ones.
 * @param used is added the excuses that applied
 */
export function unexcused(before: string, after: string, all: Excuse[], used: Set<Excuse>): string[] {
  return differences(before, after).filter((line) => {
    const matching = all.filter(({ pattern }) => new RegExp(pattern).test(line));
    for (const one of matching) used.add(one);
    return matching.length === 0;
  });
}

function differences(before: string, after: string): string[] {
  const [old, now] = [sectionedLines(before), sectionedLines(after)];
  return [
    ...[...old].filter(([line]) => !now.has(line)).map(([, { section, text }]) => `${section} - ${text}`),
    ...[...now].filter(([line]) => !old.has(line)).map(([, { section, text }]) => `${section} + ${text}`),
  ];
}

/** Every line under a name that tells it from all others, equal ones by their number. */
function sectionedLines(snapshot: string): Map<string, { section: string; text: string }> {
  const lines = new Map<string, { section: string; text: string }>();
  let section = "";
  for (const text of snapshot.split("\n")) {
    if (text.startsWith("# ")) section = text.slice(2);
    let number = 1;
    while (lines.has(`${section} ${text} ${number}`)) number++;
    if (text !== "") lines.set(`${section} ${text} ${number}`, { section, text });
  }
  return lines;
}
