const longest = 60;

/** A value as an error tells it: a number, a word or a text as it is, of a mapping or list only that it is one. */
export function foundText(value: unknown): string {
  if (value === undefined || typeof value === "object") return kindText(value);
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
}

/** What kind of value it is, where the value itself may be a secret. */
export function kindText(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return "a text";
  return typeof value === "number" || typeof value === "bigint" ? "a number" : String(value);
}

/** `a, b or c`; of many the first. */
export function listed(names: readonly string[], most = 8): string {
  if (names.length > most) return `${names.slice(0, most - 2).join(", ")} … (${names.length} in all)`;
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
