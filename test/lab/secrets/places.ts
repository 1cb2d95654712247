/** Texts from where secrets might come to light, by the kind of place. */
export class Places {
  private readonly texts = new Map<string, string[]>();

  add(kind: string, ...texts: string[]): void {
    this.texts.set(kind, [...(this.texts.get(kind) ?? []), ...texts]);
  }

  /** What was found: kind of place → findings, for those with any. */
  find(search: (text: string) => string[]): Record<string, string[]> {
    const all = [...this.texts].map(([kind, texts]) => [kind, new Set(texts.flatMap(search))] as const);
    return Object.fromEntries(
      all.filter(([, found]) => found.size > 0).map(([kind, found]) => [kind, [...found]]),
    );
  }
}

/**
 * A verbose log without what the CLI's engine (3.259) itself shows from -v=9 on, of every provider's secrets: it takes one
 * out of its wrapping before it logs the property, and then no longer redacts it. Below -v=9 it does not.
 */
export function withoutEngineProperties(log: string): string {
  return log.replace(/^.*"msg":"(M|Unm)arshaling property for RPC\[[^"]*\]: value=.*$/gm, "");
}

/**
 * Environments without PULUMI_CONFIG: by it Pulumi's own language host for Node hands the stack's configuration, decrypted,
 * to the program's process, which only the same user can look into.
 */
export function withoutConfiguration(environments: string): string {
  return environments.replace(/^PULUMI_CONFIG=.*$/gm, "");
}
