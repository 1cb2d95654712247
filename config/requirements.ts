/** Package → specifier, with its extras, marker and hashes; several lines of one package stand in lines here as well. */
export type Requirements = Record<string, string>;

/** A line of a requirements file that asks for something. */
interface Line {
  text: string;
  /** Where it stands, for errors. */
  at: string;
}

/**
 * Lines as in requirements.txt. Only their form is judged here; what they mean uv says on the node.
 * @param where what errors call the text; @param isFile whether lines have numbers
 */
export function parseRequirements(text: string, where: string, isFile = false): Requirements {
  const lines = logicalLines(text, where, isFile);
  const parsed = lines.map((line) => ({ line, requirement: parseRequirement(line) }));
  const unhashed = parsed.find(({ requirement }) => !isHashed(requirement));
  if (unhashed && parsed.some(({ requirement }) => isHashed(requirement))) throw lacksHash(unhashed.line);
  return joinRequirements(parsed.map(({ requirement: [name, specifier] }) => ({ [name]: specifier })));
}

/** All of them; what several have is asked for as each has it. */
export function joinRequirements(all: readonly Requirements[]): Requirements {
  const joined = new Map<string, Set<string>>();
  for (const [name, specifiers] of all.flatMap(Object.entries<string>))
    joined.set(name, new Set([...(joined.get(name) ?? []), ...specifiers.split("\n")]));
  return Object.fromEntries([...joined].map(([name, specifiers]) => [name, [...specifiers].join("\n")]));
}

/** Whether some have hashes and others none: then nothing would be checked. */
export function isMixed(requirements: Requirements): boolean {
  const hashed = Object.values(requirements)
    .flatMap((specifiers) => specifiers.split("\n"))
    .map((specifier) => specifier.includes(" --hash="));
  return hashed.includes(true) && hashed.includes(false);
}

/** Comments and blank lines are skipped, a line that ends in a backslash goes on in the next. */
function logicalLines(text: string, where: string, isFile: boolean): Line[] {
  const lines: Line[] = [];
  let begun: Line | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const at = isFile ? `${where}:${index + 1}` : where;
    const line = { at: begun?.at ?? at, text: `${begun?.text ?? ""}${raw}` };
    begun = line.text.endsWith("\\") ? { ...line, text: `${line.text.slice(0, -1)} ` } : undefined;
    if (begun === undefined) lines.push(line);
  }
  if (begun !== undefined) lines.push(begun);
  return lines
    .map((line) => ({ ...line, text: line.text.replace(/(^|\s)#.*$/, "").trim() }))
    .filter((line) => line.text !== "");
}

function parseRequirement({ text, at }: Line): [string, string] {
  const isFromConda = /^[\w.-]+=[^=]/.test(text) || /\s@\s*file:/.test(text);
  if (isFromConda) throw notARequirement(at, text, "write the file with: pip list --format=freeze");
  const [line = "", ...hashes] = text.split(/\s+--hash[= ]/);
  const [wanted = "", ...marker] = line.split(";");
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*([^:@/\\]*)$/.exec(wanted.trim());
  const isHash = (hash: string) => /^[a-z0-9]+:[0-9a-f]+$/i.test(hash.trim()); // uv takes what follows for an option
  if (match === null || line.includes("://") || /\s--/.test(line) || !hashes.every(isHash))
    throw notARequirement(at, text, "remove the line");
  const [, name = "", specifier = ""] = match;
  const markerText = marker.length === 0 ? "" : `; ${marker.join(";").trim()}`;
  const hashText = hashes.map((hash) => ` --hash=${hash.trim()}`).join("");
  return [name, `${specifier.replace(/\s+/g, "")}${markerText}${hashText}`];
}

function isHashed([, specifier]: [string, string]): boolean {
  return specifier.includes(" --hash=");
}

function notARequirement(at: string, text: string, remedy: string): Error {
  return new Error(`${at}: expected a package and its version, as numpy==2.3.1, got "${text}"; ${remedy}`);
}

function lacksHash({ at, text }: Line): Error {
  return new Error(
    `${at}: expected a --hash, as other lines have one, got "${text}"; add its hashes (uv pip compile --generate-hashes), or leave those of all lines out`,
  );
}
