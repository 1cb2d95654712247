const longest = 80;
/** What a run may be called. */
export const runNameRule = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${longest - 1}}$`);
const expected = `at most ${longest} letters, digits, ".", "_" and "-", a letter or a digit first`;

/**
 * A run's name, which is its folder's in `results/` and part of names on nodes.
 * @throws Error with a name that would do
 */
export function expectRunName(text: string): string {
  if (runNameRule.test(text)) return text;
  throw new Error(`run name: expected ${expected}, got ${JSON.stringify(text)}; ${similar(text)} would do`);
}

/**
 * `name_20251024_143022`, of a moment in UTC.
 * @throws Error when that is too long
 */
export function withTimestamp(name: string, date: Date): string {
  const [day = "", time = ""] = date.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  return expectRunName(`${name}_${day}_${time}`);
}

function similar(text: string): string {
  const tame = text.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(/^[._-]+/, "");
  return tame.slice(0, longest).replace(/-+$/, "") || "baseline";
}
