import { InvalidArgumentError } from "commander";
import { z } from "zod";
import type { Json } from "../../../provider/settings/setting.ts";
import { numberOf, parseExact } from "../../runs/exactNumbers.ts";

/**
 * One `-p name=value`, added to those before it. A value that reads as a number of Python's is that (3, 1.0, .5, 1e3, nan), one that reads
 * as JSON is that (true, null, "3", [1, 2]); Python's True, False and None are taken as well; everything else is a text.
 */
export function addParameter(text: string, before: Record<string, Json> = {}): Record<string, Json> {
  const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new InvalidArgumentError(
      `expected name=value with a Python name (learning_rate=0.1), found ${text}`,
    );
  }
  if (Object.hasOwn(before, name)) {
    throw new InvalidArgumentError(`expected each parameter once, found ${name} twice`);
  }
  return { ...before, [name]: parsedValue(name, value) };
}

const pythonWords: Record<string, Json> = { True: true, False: false, None: null };

function parsedValue(name: string, text: string): Json {
  if (Object.hasOwn(pythonWords, text)) return pythonWords[text] ?? null;
  const number = numberOf(text);
  if (number !== undefined) return typeof number === "number" ? number : { ...number };
  if (/\{\s*"python"\s*:[^,]*\}/.test(text)) {
    throw new InvalidArgumentError(
      `expected an object with other names than python alone, which stands for a number here, found ${name}=${text}`,
    );
  }
  try {
    return z.json().parse(parseExact(text));
  } catch {
    return text;
  }
}
