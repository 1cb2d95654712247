import type { YAMLError } from "yaml";

const tooDeep = "expected a few levels of lists and mappings, got hundreds; close what is open before";

/** Why a text is no YAML, in our words: the library's would show what stands there, which may be a secret. */
const texts: [code: YAMLError["code"], message: RegExp, text: string][] = [
  ["RESOURCE_EXHAUSTION", /./, tooDeep],
  ["TAG_RESOLVE_FAILED", /call stack/, tooDeep],
  ["TAB_AS_INDENT", /./, "expected spaces at the beginning of the line, got a tab; indent by spaces"],
  ["MISSING_CHAR", /quote/, "expected a closing quote, got none; add it where the text ends"],
  ["MISSING_CHAR", /map values/, "expected a colon after the key, got none; write it as key: value"],
  ["MISSING_CHAR", /^Missing ,/, "expected a comma between two entries, got none; add it"],
  ["MISSING_CHAR", /end with a/, "expected a closing bracket, got none; add it where the entries end"],
  ["BAD_INDENT", /end with a/, "expected a closing bracket, got none; add it where the entries end"],
  [
    "BAD_INDENT",
    /./,
    "expected lines of one level at one column, got another column; indent them alike, by spaces",
  ],
  [
    "BAD_SCALAR_START",
    /./,
    "expected a text, got a sign that cannot begin one; put it in quotes: @, ` and % need them",
  ],
  ["BAD_DQ_ESCAPE", /./, "expected \\n, \\t, \\\\ or the like, got another backslash; write it twice"],
  ["MULTIPLE_DOCS", /./, "expected one document, got a second; remove the line ---"],
  [
    "TAG_RESOLVE_FAILED",
    /./,
    "expected a plain value, got one with a tag; remove the tag, or put it in quotes",
  ],
  [
    "BAD_COLLECTION_TYPE",
    /./,
    "expected a plain value, got one with a tag; remove the tag, or put it in quotes",
  ],
  [
    "MULTILINE_IMPLICIT_KEY",
    /./,
    "expected a key on one line, got several; indent lines of one level alike, or close what is open before",
  ],
  [
    "BLOCK_AS_IMPLICIT_KEY",
    /./,
    'expected one "key: value" on a line, got a second; indent lines of one level alike, or put the text in quotes',
  ],
];

const otherwise =
  "expected YAML, got what has no meaning there; indent lines of one level alike, put texts with : # { [ & * in quotes, close what is open before";

/** `expected …, got …; remedy` for what the YAML library refuses. */
export function syntaxText({ code, message }: Pick<YAMLError, "code" | "message">): string {
  return texts.find(([one, pattern]) => one === code && pattern.test(message))?.[2] ?? otherwise;
}
