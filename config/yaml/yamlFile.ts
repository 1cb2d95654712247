import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { ConfigError, type ConfigProblem, type Problem, pathText } from "../configError.ts";
import { offsetOf } from "./offsetOf.ts";
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
  const counter = new LineCounter();
  const document = parsed(file, readText(file), counter);
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placed = ({ path, text, isKey = false }: Problem): ConfigProblem => {
    return { ...place(offsetOf(path, isKey, document)), path: pathText(path), text };
  };
  const error = (problems: readonly Problem[]) => new ConfigError(file, problems.map(placed));
  const syntax = [...document.errors, ...document.warnings.filter(isRefused)];
  if (syntax.length > 0)
    throw new ConfigError(
      file,
      firstAtEachPlace(syntax).map((one) => ({
        ...place(one.pos[0]),
        path: "(file)",
        text: syntaxText(one),
      })),
    );
  const { problems, isPlain } = structureProblems(document);
  if (!isPlain) throw error(problems);
  return { value: plainValue(document, error), problems, error };
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError(file, [{ line: 1, column: 1, path: "(file)", text: tooDeep }]);
  }
}

const tooDeep = "expected a few levels of lists and mappings, got thousands; close what is open";

/** One slip may be many errors at one place. */
function firstAtEachPlace(errors: readonly YAMLError[]): YAMLError[] {
  return errors.filter(({ pos }, index) => errors.findIndex((one) => one.pos[0] === pos[0]) === index);
}

/** A value with a tag of its own would be taken as if the tag were not there. */
function isRefused({ code }: YAMLError): boolean {
  return code === "TAG_RESOLVE_FAILED" || code === "BAD_COLLECTION_TYPE";
}

function plainValue(document: Document, error: (problems: Problem[]) => ConfigError): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (failure) {
    if (!(failure instanceof ReferenceError)) throw failure;
    const text = "expected at most 100 values by *anchors, got more; write them out";
    throw error([{ path: [], text }]);
  }
}
