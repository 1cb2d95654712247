import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
} from "yaml";
import type { Problem } from "../configError.ts";
import { keyText } from "./offsetOf.ts";

/** What is wrong with a document whatever it is to say; not plain where no value can be made of it as it stands. */
export function structureProblems(document: Document): { problems: Problem[]; isPlain: boolean } {
  const [twice, unusable]: [Problem[], Problem[]] = [[], []];
  const visit = (node: unknown, path: PropertyKey[], around: readonly Node[]): void => {
    if (!isNode(node)) return;
    const inner = [...around, node];
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index], inner);
    if (isMap(node)) {
      twice.push(...repeatedKeys(node, path));
      for (const { key, value } of node.items) {
        unusable.push(...unusableKey(key, path));
        visit(value, [...path, keyText(key)], inner);
      }
    }
    if (isAlias(node)) unusable.push(...unusableAlias(node, path, around, document));
  };
  visit(document.contents, [], []);
  return { problems: [...twice, ...unusable], isPlain: unusable.length === 0 };
}

function unusableAlias(
  alias: Alias,
  path: PropertyKey[],
  around: readonly Node[],
  document: Document,
): Problem[] {
  const { source } = alias;
  const target = alias.resolve(document);
  if (target === undefined) {
    const text =
      "expected a value with the anchor that * names, got none before; put the text in quotes if it is one";
    return [{ path, text }]; // without what stands there: a password may begin with *
  }
  const text = `expected a value, got *${source} within itself; write it out`;
  return around.includes(target) ? [{ path, text }] : [];
}

function unusableKey(key: unknown, path: PropertyKey[]): Problem[] {
  const at = { path: [...path, keyText(key)], isKey: true };
  if (!isScalar(key)) {
    const text = "expected a text as key, got another value; put it in quotes, or close what is open before";
    return [{ ...at, text }];
  }
  const text = 'expected another key, got "__proto__"; rename it';
  return keyText(key) === "__proto__" ? [{ ...at, text }] : [];
}

function repeatedKeys({ items }: YAMLMap, path: PropertyKey[]): Problem[] {
  const names = items.map(({ key }) => keyText(key));
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((name) => {
    const text = `expected each key once, got ${JSON.stringify(name)} twice; remove or rename one`;
    return { path: [...path, name], text, isKey: true };
  });
}
