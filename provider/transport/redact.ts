const secrets = new Set<string>();

/** Every text that leaves the provider passes through `redact`; what is registered here never does. */
export function registerSecret(secret: string): void {
  if (secret.length > 0) secrets.add(secret);
}

/** `text` with every registered secret replaced by `[secret]`, longest first so that no part of one stays. */
export function redact(text: string): string {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text);
}
