/**
 * A number that JavaScript has none for, as Python writes it: 1.0, which is not 1; one of more digits than a double holds; nan. It
 * stands like that in memory, in files as the number that it is wherever JSON can say it.
 */
export interface ExactNumber {
  python: string;
}

/** A number of Python's, as typed; undefined where it is none. */
export function numberOf(text: string): number | ExactNumber | undefined {
  const plain = text.replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(0|[1-9]\d*)$/.test(plain)) return whole(plain);
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) && /[.e]/i.test(plain)) return real(Number(plain));
  if (/^[+-]?(nan|NaN)$/.test(plain)) return { python: "nan" };
  const [, sign, infinite] = /^([+-]?)(inf|Infinity)$/.exec(plain) ?? [];
  return infinite === undefined ? undefined : { python: sign === "-" ? "-inf" : "inf" };
}

function whole(text: string): number | ExactNumber {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number + 0 : { python: text.replace("+", "") };
}

function real(number: number): number | ExactNumber {
  if (!Number.isFinite(number)) return { python: number < 0 ? "-inf" : "inf" };
  if (!Number.isInteger(number)) return number;
  const digits = Object.is(number, -0) ? "-0" : String(number);
  return { python: digits.includes("e") ? digits : `${digits}.0` };
}

const tokens = /"(?:[^"\\]|\\.)*"|NaN|-?Infinity|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, as Python writes and reads it, with every number exact. @throws SyntaxError where it is none */
export function parseExact(text: string): unknown {
  const marked = text.replace(tokens, (token) => {
    const number = token.startsWith('"') ? undefined : numberOf(token);
    return number === undefined ? token : JSON.stringify(number);
  });
  return JSON.parse(marked);
}

/** JSON of a value, its exact numbers as numbers: nan and inf alone stay what they are in memory. */
export function stringifyExact(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(/\{\s*"python":\s*"(-?\d[\d.e+-]*)"\s*\}/g, (_, digits: string) => digits);
}
