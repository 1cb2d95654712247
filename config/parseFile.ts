import { readFileSync } from "node:fs";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { ConfigError, type ConfigProblem } from "./configError.ts";

/** A YAML file checked against its rules, or one ConfigError that lists every problem with its place. */
export function parseFile<Rule extends z.ZodType>(file: string, rule: Rule): z.infer<Rule> {
  const counter = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: counter });
  const syntax = document.errors.map(({ message, pos }) => {
    const { line, col } = counter.linePos(pos[0]);
    return { line, column: col, path: "(file)", text: `${message.split("\n")[0]}` };
  });
  if (syntax.length > 0) throw new ConfigError(file, syntax);
  const { success, data, error } = rule.safeParse(document.toJS());
  if (success) return data;
  throw new ConfigError(
    file,
    error.issues.flatMap((issue) => problemsOf(issue, document, counter)),
  );
}

function problemsOf(issue: z.core.$ZodIssue, document: Document, counter: LineCounter): ConfigProblem[] {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
  if (unknown.length === 0) return [problem(issue.path, textOf(issue, document), document, counter)];
  return unknown.map((key) => {
    const text = `expected a key that exists, got "${key}"; remove it or correct its name`;
    return problem([...issue.path, key], text, document, counter);
  });
}

function textOf(issue: z.core.$ZodIssue, document: Document): string {
  if (issue.code === "custom") return issue.message; // a rule over several values says what it found itself
  if (issue.code === "invalid_key")
    return `${issue.issues[0]?.message}, got ${JSON.stringify(issue.path.at(-1))}`;
  if (issue.message.includes(", got ")) return issue.message; // so does one that must not show what stands there
  const text = issue.message.replace(/^Invalid input: /, "").replace(/, received .*$/, "");
  const found = document.getIn(issue.path);
  return `${text}, got ${found === undefined ? "nothing" : JSON.stringify(found)}`;
}

function problem(path: PropertyKey[], text: string, document: Document, counter: LineCounter): ConfigProblem {
  const { line, col } = counter.linePos(offsetOf(path, document));
  return { line, column: col, path: pathText(path), text };
}

/** Where the value is, or else the nearest thing around it. */
function offsetOf(path: PropertyKey[], document: Document): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (node !== null && typeof node === "object" && "range" in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}

/** `nodes[0].port`. */
export function pathText(path: PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return parts.join("").replace(/^\./, "") || "(file)";
}
