/** A tool's time would be that of something else. */
export class Unqualified extends Error {
  override name = "Unqualified";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
