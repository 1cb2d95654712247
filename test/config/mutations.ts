import fc from "fast-check";
import { type Document, isMap, isSeq, type Pair, parseDocument, Scalar, type YAMLMap } from "yaml";

/** A mapping in a YAML text. */
export interface Mapping {
  path: PropertyKey[];
  map: YAMLMap;
}

/** Every mapping of a document, the outer ones first. */
export function mappingsOf(document: Document): Mapping[] {
  const within = (node: unknown, path: PropertyKey[]): Mapping[] => {
    if (isSeq(node)) return node.items.flatMap((item, index) => within(item, [...path, index]));
    if (!isMap(node)) return [];
    const inner = node.items.flatMap(({ key, value }) => within(value, [...path, String(key)]));
    return [{ path, map: node }, ...inner];
  };
  return within(document.contents, []);
}

/** Makes a text into another one, as a slip of the pen does. */
export type Mutation = (text: string) => string;

const anyKey = fc.oneof(
  fc.constantFrom(
    "name",
    "host",
    "nodes",
    "port",
    "files",
    "mount",
    "config",
    "__proto__",
    "constructor",
    "",
  ),
  fc.string(),
);
const anyValue = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, "", "a", "~", "*", [], {}, [[]], { a: 1 }),
  fc.jsonValue(),
);

type Change = (document: Document, map: YAMLMap, pair: Pair) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((_document, map, pair) => map.items.splice(map.items.indexOf(pair), 1)),
  fc.constant<Change>((_document, map, pair) => map.items.push(pair)),
  anyKey.map<Change>((key) => (_document, _map, pair) => {
    pair.key = new Scalar(key);
  }),
  anyValue.map<Change>((value) => (document, _map, pair) => {
    pair.value = document.createNode(value);
  }),
  fc.tuple(anyKey, anyValue).map<Change>(([key, value]) => (document, map) => {
    map.items.push(document.createPair(key, value));
  }),
);

const changed = fc.tuple(fc.nat(), change).map(
  ([place, make]): Mutation =>
    (text) => {
      const document = parseDocument(text, { uniqueKeys: false });
      const pairs = mappingsOf(document).flatMap(({ map }) => map.items.map((pair) => ({ map, pair })));
      const chosen = pairs[place % Math.max(pairs.length, 1)];
      if (chosen === undefined) return text;
      make(document, chosen.map, chosen.pair);
      return String(document);
    },
);

const sign = fc.oneof(
  fc.constantFrom(
    " ",
    "\n",
    "\t",
    ":",
    "-",
    "*",
    "&",
    "!",
    "[",
    "{",
    "}",
    '"',
    "'",
    "#",
    "|",
    "?",
    "<<: ",
    "---\n",
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const edited = fc.tuple(fc.nat(), fc.nat({ max: 12 }), sign).map(
  ([place, length, put]): Mutation =>
    (text) => {
      const start = place % (text.length + 1);
      return `${text.slice(0, start)}${put}${text.slice(start + length)}`;
    },
);

/** A few changes of one text: keys dropped, doubled, renamed, put in; values replaced; then signs put in and taken out. */
export const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(fc.array(changed, { maxLength: 3 }), fc.array(edited, { maxLength: 2 }))
  .map(
    ([changes, edits]) =>
      (text) =>
        [...changes, ...edits].reduce((done, mutate) => mutate(done), text),
  );
