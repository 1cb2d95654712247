import { InvalidArgumentError } from "commander";
import type { Json } from "../../../provider/settings/setting.ts";

/**
 * One `-p name=value`, added to those before it. A value that reads as JSON is that (3, 0.1, true, null, "3", [1, 2]); Python's
 * True, False and None are taken as well; everything else is a text.
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
  return { ...before, [name]: parsedValue(value) };
}

const pythonWords: Record<string, Json> = { True: true, False: false, None: null };

function parsedValue(text: string): Json {
  if (Object.hasOwn(pythonWords, text)) return pythonWords[text] ?? null;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** The parameters as a Python script gets them: `--name=value`, a value that is no text as JSON. */
export function scriptArguments(parameters: Record<string, Json>): string[] {
  return Object.entries(parameters).map(
    ([name, value]) => `--${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}
