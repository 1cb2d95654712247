/** A line of a requirements file that names something of the project's folder. */
export interface Reference {
  kind: "requirements" | "constraints" | "local";
  /** As it was written, without extras and markers. */
  path: string;
}

/** A requirement, which may go over several lines of its file. */
export interface RequirementLine {
  number: number;
  /** As it is installed: never editable, for what is installed does not change. */
  text: string;
  reference?: Reference;
}

/**
 * The lines of a requirements file as pip reads them, without comments.
 *
 * @param where the file, from the project's folder
 * @throws Error for what conda wrote, and for what is on this computer alone
 */
export function requirementLines(content: Buffer, where: string): RequirementLine[] {
  return joinedLines(decoded(content)).map(({ number, text }) => {
    const [, option = "", value = text] = optionForm.exec(text) ?? [];
    const refuse = (remedy: string) =>
      new Error(`${where}:${number}: expected a requirement as pip reads it, got ${text}; ${remedy}`);
    if (condaForm.test(text)) throw refuse(`conda wrote it: ${asPip}`);
    if (/(^|[\s@])file:/.test(text)) throw refuse(`it is a file of one computer: ${asPip}`);
    const kind = kinds[option];
    if (kind === undefined) return { number, text, ...localReference(text) };
    if (isUrl(value)) return { number, text: kind === "local" && option !== "f" ? value : text };
    if (kind !== "local") return { number, text, reference: { kind, path: value } };
    const path = localPath(value);
    return { number, text: option === "f" ? text : value, reference: { kind, path } };
  });
}

const asPip = "write the file by: pip list --format=freeze > requirements.txt";
/** numpy=1.26.4=py311h64a7726_0 */
const condaForm = /^[A-Za-z0-9][\w.-]*=[^=\s]+(=\S*)?$/;
const optionForm =
  /^(?:-|--)(r|requirement|c|constraint|e|editable|f|find-links)(?:\s*=\s*|\s+|(?<=^-[rcef]))(.+)$/;
const kinds: Record<string, Reference["kind"]> = {
  ...{ r: "requirements", requirement: "requirements", c: "constraints", constraint: "constraints" },
  ...{ e: "local", editable: "local", f: "local", "find-links": "local" },
};

function localReference(text: string): { reference?: Reference } {
  const path = localPath(text);
  const isLocal = /^\.|\/|\.(whl|zip|tar\.gz|tar\.bz2|tgz)$/.test(path);
  return isLocal && !isUrl(text) && !text.startsWith("-") ? { reference: { kind: "local", path } } : {};
}

function localPath(text: string): string {
  return text.replace(/\s*;.*$|\s+--.*$/s, "").replace(/\[[^\]]*\]$/, "");
}

function isUrl(text: string): boolean {
  return /:\/\/|\s@\s|^\S+@\S+:/.test(text);
}

/** PowerShell writes UTF-16. */
function decoded(content: Buffer): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(content);
  return new TextDecoder("utf-8").decode(content);
}

function joinedLines(text: string): { number: number; text: string }[] {
  const joined: { number: number; text: string }[] = [];
  let begun: { number: number; text: string } | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const isComment = /^\s*#/.test(line);
    const isContinued = !isComment && line.endsWith("\\");
    const part = isContinued ? line.slice(0, -1) : line.replace(/(^|\s+)#.*$/, "");
    begun = { number: begun?.number ?? index + 1, text: `${begun?.text ?? ""}${part}` };
    if (isContinued) continue;
    joined.push({ number: begun.number, text: begun.text.trim() });
    begun = undefined;
  }
  if (begun !== undefined) joined.push({ number: begun.number, text: begun.text.trim() });
  return joined.filter((one) => one.text !== "");
}
