/** Lines as in requirements.txt → package (with its extras) → specifier. Comments, hashes and blank lines are skipped. */
export function parseRequirements(text: string, where: string): Record<string, string> {
  const joined = text.replace(/\\\n/g, " ");
  const lines = joined.split("\n").map((line) =>
    line
      .replace(/(^|\s)#.*$/, "")
      .replace(/\s--hash=\S+/g, "")
      .trim(),
  );
  return Object.fromEntries(lines.filter((line) => line !== "").map((line) => parseRequirement(line, where)));
}

function parseRequirement(line: string, where: string): [string, string] {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(.*)$/.exec(line);
  if (match === null || line.includes("://")) {
    throw new Error(
      `${where}: expected a package and its version, as numpy==2.3.1, got "${line}"; remove the line`,
    );
  }
  const [, name = "", specifier = ""] = match;
  return [name, specifier.replace(/\s+/g, "")];
}
