/** `2026-11-24 10:12 UTC`, of a moment in ISO 8601. */
export function utcMinute(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
