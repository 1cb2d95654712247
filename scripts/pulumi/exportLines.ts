/** `export` lines for a POSIX shell's `eval`, each value quoted whatever it holds. */
export function exportLines(env: Record<string, string>): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}
