import { type Document, parseDocument, type YAMLError } from "yaml";
import { ConfigError, type ConfigProblem, type Problem, pathText } from "../configError.ts";
import { offsetOf } from "./offsetOf.ts";
import { placeOf } from "./placeOf.ts";
import { readText } from "./readText.ts";
import { structureProblems } from "./structureProblems.ts";
import { syntaxText } from "./syntaxText.ts";

/** A YAML file, read. */
export interface YamlFile {
  /** What it says, as plain values. */
  value: unknown;
  /** What is wrong with it whatever it is to say: a key twice. */
  problems: Problem[];
  /** One error with each problem at its place. */
  error(problems: readonly Problem[]): ConfigError;
}

/**
 * Reads a YAML file.
 * @throws ConfigError with every place where it is no YAML
 */
export function readYamlFile(file: string): YamlFile {
  const text = readText(file);
  const document = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
    intAsBigInt: true, // a number keeps all its digits; `plainValue` gives back as a number what one holds exactly
  });
  const syntax = syntaxProblems(text, document);
  if (syntax.length > 0) throw new ConfigError(file, syntax);
  const placed = ({ path, text: said, isKey = false }: Problem): ConfigProblem => {
    return { ...placeOf(offsetOf(path, isKey, document), text), path: pathText(path), text: said };
  };
  const error = (problems: readonly Problem[]) => new ConfigError(file, problems.map(placed));
  const { problems, isPlain } = structureProblems(document);
  if (!isPlain) throw error(problems);
  return { value: plainValue(document, error), problems, error };
}

/** One slip makes what follows unreadable as well: so many are told at most. */
const mostSyntaxProblems = 5;

function syntaxProblems(text: string, { errors, warnings }: Document): ConfigProblem[] {
  const path = "(file)";
  const control = text.search(controlCharacter);
  if (control >= 0) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, "0");
    return [
      { ...placeOf(control, text), path, text: `expected signs that can be seen, got U+${code}; remove it` },
    ];
  }
  const refused = [...errors, ...warnings.filter(isRefused)].sort((one, other) => one.pos[0] - other.pos[0]);
  const places = refused.filter(({ pos }, index) => refused[index - 1]?.pos[0] !== pos[0]);
  return places
    .slice(0, mostSyntaxProblems)
    .map((one) => ({ ...placeOf(one.pos[0], text), path, text: syntaxText(one) }));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what YAML forbids
const controlCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/** A value with a tag of its own would be taken as if the tag were not there. */
function isRefused({ code }: YAMLError): boolean {
  return code === "TAG_RESOLVE_FAILED" || code === "BAD_COLLECTION_TYPE";
}

function plainValue(document: Document, error: (problems: Problem[]) => ConfigError): unknown {
  try {
    return document.toJS({ maxAliasCount: 100, reviver: (_key, value: unknown) => exactNumber(value) });
  } catch (failure) {
    if (!(failure instanceof ReferenceError)) throw failure;
    const text = "expected at most 100 values by *anchors, got more; write them out";
    throw error([{ path: [], text }]);
  }
}

/** A whole number that JavaScript's numbers would round stays a bigint, which only rules that want all its digits accept. */
function exactNumber(value: unknown): unknown {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
