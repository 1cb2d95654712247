import { type Document, isMap, isNode, isScalar, isSeq, type Pair } from "yaml";

/** Where in the text a value stands, or its key, or else the nearest thing around it. */
export function offsetOf(path: PropertyKey[], isKey: boolean, document: Document): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? node.items.findLast((one) => keyText(one.key) === String(step)) : undefined;
    if (pair !== undefined) {
      const wantsKey = (isKey && index === path.length - 1) || !isWritten(pair);
      offset = startOf(wantsKey ? pair.key : pair.value) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number" && step < node.items.length) {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

/** A key as the plain value has it. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return key.value === null ? "" : String(key.value);
}

function isWritten({ value }: Pair): boolean {
  return isNode(value) && value.range != null && !(isScalar(value) && value.range[0] === value.range[1]);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
